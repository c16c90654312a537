// Runbooks and their revisions.
import { graphql } from './graphql.ts';

export const PlannedStepFields = graphql(`
  fragment PlannedStepFields on PlannedStep @_unmask {
    id
    title
    kind
    phase
    needs
    hosts
    command
    instruction
    note
    role
    undo
    estimateMs
    expectation {
      ms
      humanMs
      basis
      runs
      minMs
      maxMs
    }
    timeoutMs
    startMs
    endMs
    isCritical
    isIdempotent
    isPointOfNoReturn
    isReadOnly
    isShownOnly
    isLeftOut
    isAlways
    isOptional
    onFailure
    goTo
    undoStep
    when
    items
    batch
    become
    approvals
    calls
  }
`);

export const RunbooksQuery = graphql(`
  query Runbooks($first: Int!, $after: String) {
    runbooks(first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      edges {
        node {
          key
          title
          scenario
          level
          canRequestDrill
          services {
            key
            name
          }
          approved {
            number
          }
          latest {
            number
          }
          lastDrill {
            id
            state
            result
            finishedAt
          }
        }
      }
    }
  }
`);

export const RevisionFields = graphql(
  `
    fragment RevisionFields on Revision @_unmask {
      hash
      number
      title
      summary
      scenario
      level
      source
      files {
        name
        text
      }
      createdAt
      createdBy
      approvedAt
      approvedBy
      reviewedAt
      reviewDueAt
      ownerName
      canApprove
      cannotApproveReason
      totalMs
      recoveryMs
      rtoSeconds
      clocks {
        name
        from
        to
        objectiveMs
      }
      canary {
        everyMs
        writeOn
        writeCommand
        readOn
        readCommand
        until
      }
      inputs {
        name
        ask
        isSecret
        type
        default
        choices
        pattern
        isRequired
      }
      warnings {
        code
        message
        remedy
        line
        column
      }
      steps {
        ...PlannedStepFields
      }
    }
  `,
  [PlannedStepFields],
);

export const RunbookQuery = graphql(`
  query Runbook($key: ID!) {
    runbook(key: $key) {
      key
      title
      scenario
      level
      canRequestDrill
      canEdit
      services {
        key
        name
        tier
      }
      approved {
        number
        hash
      }
      latest {
        number
      }
      revisions {
        hash
        number
        createdAt
        createdBy
        approvedAt
        approvedBy
      }
      schedules {
        id
        title
        isActive
        nextDueAt
      }
      lastDrill {
        id
        state
        result
        finishedAt
      }
    }
  }
`);

export const RevisionQuery = graphql(
  `
    query Revision($key: ID!, $number: Int!) {
      runbook(key: $key) {
        key
        revision(number: $number) {
          ...RevisionFields
        }
      }
    }
  `,
  [RevisionFields],
);

export const ApproveRevision = graphql(`
  mutation ApproveRevision($hash: ID!) {
    approveRevision(hash: $hash) {
      hash
      approvedAt
      approvedBy
    }
  }
`);
