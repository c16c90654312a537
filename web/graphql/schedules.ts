// Schedules with their due times; making, changing, pausing and ending one.
import { ClosingFields } from './calendar.ts';
import { graphql } from './graphql.ts';

export const SchedulesQuery = graphql(`
  query Schedules {
    schedules {
      id
      title
      cron
      calendar {
        unit
        every
        weekdays
        monthDays
        nthWeekdays {
          nth
          weekday
        }
        times
      }
      startsOn
      endsOn
      zone
      mode
      isActive
      canEdit
      ownerName
      nextDueAt
      runbook {
        key
        title
      }
      occurrences(first: 10) {
        dueAt
        state
        cause
        reason
        drill {
          id
          state
          result
        }
      }
    }
  }
`);

/** All that the form of a schedule has. */
export const ScheduleQuery = graphql(`
  query Schedule($id: ID!) {
    schedule(id: $id) {
      id
      title
      mode
      cron
      calendar {
        unit
        every
        weekdays
        monthDays
        nthWeekdays {
          nth
          weekday
        }
        times
        from
      }
      inputs {
        name
        value
      }
      zone
      startsOn
      endsOn
      exceptions {
        on
        reason
      }
      isOnlyAfterPass
      jitterMinutes
      graceMinutes
      windowMinutes
      leadMinutes
      alertChannel
      ownerName
      version
      canEdit
      endedAt
      runbook {
        key
        title
      }
    }
  }
`);

export const PreviewScheduleQuery = graphql(
  `
    query PreviewSchedule($input: ScheduleInput!) {
      previewSchedule(input: $input) {
        dueAt
        startAt
        wall
        isShifted
        closedBy {
          ...ClosingFields
        }
      }
    }
  `,
  [ClosingFields],
);

/** What may be chosen from; the inputs of the chosen one come with `StartQuery`. */
export const RunbookChoicesQuery = graphql(`
  query RunbookChoices {
    runbooks(first: 100) {
      edges {
        node {
          key
          title
          canRequestDrill
          approved {
            number
          }
        }
      }
    }
  }
`);

/** Where alerts can go to. */
export const ChannelsQuery = graphql(`
  query Channels {
    runbookNames {
      channels
    }
  }
`);

export const CreateSchedule = graphql(`
  mutation CreateSchedule($input: ScheduleInput!) {
    createSchedule(input: $input) {
      id
      title
    }
  }
`);

export const UpdateSchedule = graphql(`
  mutation UpdateSchedule($id: ID!, $version: Int!, $input: ScheduleInput!) {
    updateSchedule(id: $id, version: $version, input: $input) {
      id
      title
      version
    }
  }
`);

export const SetScheduleActive = graphql(`
  mutation SetScheduleActive($id: ID!, $isActive: Boolean!) {
    setScheduleActive(id: $id, isActive: $isActive) {
      id
      isActive
    }
  }
`);

export const EndSchedule = graphql(`
  mutation EndSchedule($id: ID!, $reason: String!) {
    endSchedule(id: $id, reason: $reason) {
      id
      endedAt
    }
  }
`);
