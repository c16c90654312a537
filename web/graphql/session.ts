// Who is signed in, and what waits for that person.
import { graphql } from './graphql.ts';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      name
      displayName
      roles
      canControlDrills
      canStopAllDrills
      canRequestDrills
      canCheckHosts
      canSeeHosts
      canPinHosts
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

export const WaitingItemFields = graphql(`
  fragment WaitingItemFields on WaitingItem @_unmask {
    id
    kind
    urgency
    since
    until
    runbookKey
    serviceNames
    drill {
      id
      title
      mode
      state
    }
    step {
      id
      number
      title
      role
    }
    due {
      schedule
      title
      at
      reason
    }
    revision {
      number
      title
      createdBy
    }
  }
`);

/** The first of what waits, for the bell, the tab title and the notices. */
export const WaitingQuery = graphql(
  `
    query Waiting($first: Int!) {
      waitingForMe(first: $first) {
        totalCount
        edges {
          node {
            ...WaitingItemFields
          }
        }
      }
    }
  `,
  [WaitingItemFields],
);

/** All of it, page after page. */
export const InboxQuery = graphql(
  `
    query Inbox($first: Int!, $after: String) {
      waitingForMe(first: $first, after: $after) {
        totalCount
        pageInfo {
          endCursor
          hasNextPage
        }
        edges {
          node {
            ...WaitingItemFields
          }
        }
      }
    }
  `,
  [WaitingItemFields],
);

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
