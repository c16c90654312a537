// What is due and what was drilled in a time, what closes it, and what is in each other's way.
import { graphql } from './graphql.ts';

export const ClosingFields = graphql(`
  fragment ClosingFields on Closing @_unmask {
    kind
    id
    title
    reason
    fromAt
    toAt
  }
`);

export const CalendarQuery = graphql(
  `
    query Calendar($from: DateTimeISO!, $to: DateTimeISO!) {
      calendar(from: $from, to: $to) {
        cutAt
        entries {
          id
          startAt
          endAt
          dueAt
          wall
          schedule {
            id
            title
            zone
            mode
            canEdit
            runbook {
              key
              title
            }
          }
          occurrence {
            state
            cause
            reason
          }
          preflights {
            at
            isOk
            problems {
              message
              remedy
              isError
            }
          }
          drill {
            id
            title
            mode
            state
          }
          closedBy {
            ...ClosingFields
          }
        }
        closings {
          ...ClosingFields
        }
        clashes {
          first
          second
          shared {
            kind
            name
          }
        }
      }
    }
  `,
  [ClosingFields],
);

/** What stands beside the calendar: what is due next, and what nobody has planned to drill. */
export const CalendarAsideQuery = graphql(`
  query CalendarAside {
    schedules {
      id
      title
      isActive
      zone
      nextDueAt
    }
    services(filter: { isScheduled: false }, sort: TIER, first: 8) {
      totalCount
      edges {
        node {
          key
          name
          tier
          runbooks {
            key
            canRequestDrill
            approved {
              number
            }
          }
        }
      }
    }
  }
`);
