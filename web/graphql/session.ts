// Who is signed in, and what waits for that person.
import { graphql } from './graphql.ts';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      name
      displayName
      roles
      canControlDrills
      canRequestDrills
      waitingCount
    }
    about {
      version
      isDemo
      isTls
      needsFirstAdmin
    }
  }
`);

export const WaitingQuery = graphql(`
  query Waiting {
    waitingForMe {
      action
      since
      drill {
        id
        title
        mode
        state
      }
      step {
        id
        planned {
          title
        }
      }
    }
  }
`);

export const SignIn = graphql(`
  mutation SignIn($name: String!, $password: String!) {
    signIn(name: $name, password: $password) {
      name
      displayName
    }
  }
`);

export const SignOut = graphql(`
  mutation SignOut {
    signOut
  }
`);

export const CreateFirstAdmin = graphql(`
  mutation CreateFirstAdmin($input: FirstAdminInput!) {
    createFirstAdmin(input: $input) {
      name
      displayName
    }
  }
`);
