// What the overview shows: figures, the lens map, and what to fix first.
import { graphql } from './graphql.ts';

export const LensCellFields = graphql(`
  fragment LensCellFields on LensCell @_unmask {
    operatedBy
    reach
    count
    lenses
    urgentGaps
    bands {
      band
      count
    }
    worst {
      key
      name
      readiness {
        score
        band
      }
    }
  }
`);

export const OverviewQuery = graphql(
  `
    query Overview($tier: Int, $owner: String) {
      overview(tier: $tier, owner: $owner) {
        figures {
          urgentReady
          urgentTotal
          unproven
          unprovenReachingCustomers
          dueSoon
          dueWithinDays
          unscheduled
          running {
            id
            title
            mode
            state
          }
        }
        cells {
          ...LensCellFields
        }
        departments {
          department
          operatedBy
          cells {
            ...LensCellFields
          }
        }
        lenses {
          lens
          count
          bands {
            band
            count
          }
          worst {
            key
            name
            readiness {
              score
              band
            }
          }
        }
        owners {
          name
          displayName
        }
        fixFirst {
          code
          title
          reason
          action
          severity
          gain
          portfolioGain
          startRunbook
          service {
            key
            name
            tier
            readiness {
              score
              band
            }
          }
        }
      }
    }
  `,
  [LensCellFields],
);
