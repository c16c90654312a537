// Before a drill: what it would touch, whether the hosts answer, and asking for it.
import { graphql } from './graphql.ts';
import { PlannedStepFields } from './runbooks.ts';

export const StartQuery = graphql(`
  query Start($key: ID!) {
    runbook(key: $key) {
      key
      title
      level
      canRequestDrill
      services {
        key
        name
      }
      approved {
        hash
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
`);

export const PreviewQuery = graphql(
  `
    query Preview($input: PlanInput!) {
      previewDrill(input: $input) {
        mode
        level
        title
        planHash
        approvalsNeeded
        rtoSeconds
        rpoSeconds
        totalMs
        recoveryMs
        services {
          key
          name
        }
        locks {
          name
          heldBy
        }
        problems {
          code
          field
          message
        }
        hosts {
          address
          port
          user
          credential
          hostKeys
          via {
            key
            address
            port
            user
            hostKeys
          }
          host {
            key
            name
            site
          }
          check {
            at
            isReachable
            isKeyChanged
            problem
            roundTripMs
          }
        }
        steps {
          ...PlannedStepFields
        }
      }
    }
  `,
  [PlannedStepFields],
);

export const CheckHosts = graphql(`
  mutation CheckHosts($runbook: ID!) {
    checkHosts(runbook: $runbook) {
      host
      at
      isReachable
      isKeyChanged
      problem
    }
  }
`);

/** Looks ahead at the drill that would be asked for: logs in to its hosts, runs nothing. */
export const AskPreflight = graphql(`
  mutation AskPreflight($input: PlanInput!) {
    preflight(runbook: $input) {
      at
      isOk
      problems {
        code
        message
        remedy
        isError
      }
    }
  }
`);

export const RequestDrill = graphql(`
  mutation RequestDrill($input: PlanInput!) {
    requestDrill(input: $input) {
      id
      state
    }
  }
`);
