// The global stop: what it would pause, and doing it.
import { graphql } from './graphql.ts';

export const DrillsToStopQuery = graphql(`
  query DrillsToStop {
    drillsToStop {
      id
      title
      mode
      state
    }
  }
`);

export const StopAllDrills = graphql(`
  mutation StopAllDrills($reason: String!) {
    stopAllDrills(reason: $reason) {
      paused {
        id
      }
      notPaused {
        why
        drill {
          id
          title
        }
      }
    }
  }
`);
