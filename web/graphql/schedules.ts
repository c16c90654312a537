// Schedules with their due times, and making, pausing and resuming one.
import { graphql } from './graphql.ts';

export const SchedulesQuery = graphql(`
  query Schedules {
    schedules {
      id
      title
      cron
      zone
      mode
      isActive
      ownerName
      nextDueAt
      runbook {
        key
        title
      }
      occurrences(first: 10) {
        dueAt
        state
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

export const RunbookChoicesQuery = graphql(`
  query RunbookChoices {
    runbooks(first: 50) {
      edges {
        node {
          key
          title
          canRequestDrill
          approved {
            number
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
          }
        }
      }
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

export const SetScheduleActive = graphql(`
  mutation SetScheduleActive($id: ID!, $isActive: Boolean!) {
    setScheduleActive(id: $id, isActive: $isActive) {
      id
      isActive
    }
  }
`);
