// What is expected of a running drill, and a run beside another.
import { SectionFields } from './drills.ts';
import { graphql } from './graphql.ts';

/** What changes of a running drill without any event: read again now and then. */
export const DrillOutlookQuery = graphql(`
  query DrillOutlook($id: ID!) {
    drill(id: $id) {
      id
      expectedEndAt
      expectedRecoveryAt
      remainingCritical
    }
  }
`);

const StepRunFields = graphql(`
  fragment StepRunFields on StepRun @_unmask {
    id
    title
    state
    isDeviation
    elapsedMs
    humanMs
  }
`);

export const DrillComparisonQuery = graphql(
  `
    query DrillComparison($id: ID!, $with: ID) {
      drill(id: $id) {
        id
        comparison(with: $with) {
          before {
            id
            mode
            state
            startedAt
            recoveryMs
            revision {
              number
            }
          }
          sections {
            before {
              ...SectionFields
            }
            now {
              ...SectionFields
            }
            differenceMs
          }
          steps {
            kind
            before {
              ...StepRunFields
            }
            now {
              ...StepRunFields
            }
            differenceMs
          }
        }
      }
    }
  `,
  [SectionFields, StepRunFields],
);
