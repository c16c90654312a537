// Drills: the list, one drill with all its steps, its events and output.
import { graphql } from './graphql.ts';
import { PlannedStepFields } from './runbooks.ts';

export const DrillsQuery = graphql(`
  query Drills($filter: DrillFilter, $first: Int!, $after: String) {
    drills(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      edges {
        node {
          id
          title
          mode
          level
          state
          result
          isUnclean
          hasDeviations
          requestedAt
          requestedBy
          startedAt
          finishedAt
          recoveryMs
          dataLossMs
          rtoSeconds
          rpoSeconds
          revision {
            number
          }
          services {
            key
            name
          }
        }
      }
    }
  }
`);

export const DrillStepFields = graphql(
  `
    fragment DrillStepFields on DrillStep @_unmask {
      id
      state
      startedAt
      endedAt
      waitingSince
      sleepUntil
      reason
      isDeviation
      canConfirm
      answerUntil
      confirmedAt
      confirmedBy
      confirmNote
      confirmOutcome
      approvals {
        by
        at
        note
      }
      captured {
        name
        value
      }
      attempts {
        host
        attempt
        isUndo
        state
        startedAt
        endedAt
        exitCode
        reason
        reconcilingSince
      }
      planned {
        ...PlannedStepFields
      }
    }
  `,
  [PlannedStepFields],
);

export const SectionFields = graphql(`
  fragment SectionFields on DrillSection @_unmask {
    id
    kind
    name
    depth
    plannedMs
    startedAt
    endedAt
    elapsedMs
    humanMs
    objectiveMs
  }
`);

export const DrillQuery = graphql(
  `
    query Drill($id: ID!) {
      drill(id: $id) {
        id
        title
        mode
        level
        scenario
        state
        result
        actions
        lastSeq
        planHash
        approvalsNeeded
        approvedBy
        requestedAt
        requestedBy
        startedAt
        startedBy
        finishedAt
        dueAt
        expectedEndAt
        expectedRecoveryAt
        remainingCritical
        plannedTotalMs
        plannedRecoveryMs
        recoveryMs
        dataLossMs
        humanWaitMs
        rtoSeconds
        rpoSeconds
        hasDeviations
        isUnclean
        runbook {
          key
        }
        revision {
          number
        }
        services {
          key
          name
        }
        pause {
          by
          at
          stopReason
        }
        inCharge {
          name
          since
          from
          reason
        }
        formerEnds {
          result
          endedAt
          reopenedAt
          reopenedBy
          reason
          isRevert
        }
        abort {
          form
          by
          reason
        }
        sections {
          ...SectionFields
        }
        canary {
          acknowledged
          lastAcknowledgedAt
          dataLossMs
          reason
        }
        clocks {
          name
          objectiveMs
          startedAt
          endedAt
          elapsedMs
        }
        hosts {
          address
          port
          user
          host {
            key
            name
          }
        }
        steps {
          ...DrillStepFields
        }
      }
    }
  `,
  [DrillStepFields, SectionFields],
);

export const OutputFields = graphql(`
  fragment OutputFields on OutputChunk @_unmask {
    seq
    at
    step
    host
    attempt
    isUndo
    stream
    text
    head
    tail
  }
`);

export const DrillOutputQuery = graphql(
  `
    query DrillOutput($id: ID!, $step: ID!, $after: Int!, $first: Int!, $isFromEnd: Boolean!) {
      drill(id: $id) {
        id
        output(step: $step, after: $after, first: $first, isFromEnd: $isFromEnd) {
          ...OutputFields
        }
      }
    }
  `,
  [OutputFields],
);

export const DrillEventsQuery = graphql(`
  query DrillEvents($id: ID!, $after: Int!, $first: Int!) {
    drill(id: $id) {
      id
      events(after: $after, first: $first) {
        seq
        at
        by
        type
        step
        host
        text
      }
    }
  }
`);

export const DrillFeed = graphql(
  `
    subscription DrillFeed($drill: ID!, $after: Int!) {
      drillEvents(drill: $drill, after: $after) {
        seq
        at
        by
        type
        step
        host
        text
        output {
          ...OutputFields
        }
      }
    }
  `,
  [OutputFields],
);

export const DrillScoresQuery = graphql(`
  query DrillScores($id: ID!) {
    drill(id: $id) {
      id
      services {
        key
        name
        readiness {
          score
          band
        }
        scoreHistory(sinceDays: 30) {
          at
          effective
          band
        }
      }
    }
  }
`);
