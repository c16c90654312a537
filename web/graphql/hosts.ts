// The hosts of the portfolio: how each is reached, by which keys it is known, and whether it answers.
import { graphql } from './graphql.ts';

const HostCheckFields = graphql(`
  fragment HostCheckFields on HostCheck @_unmask {
    at
    isReachable
    isKeyChanged
    problem
    roundTripMs
    hop
    offeredKey
  }
`);

export const HostsQuery = graphql(
  `
    query Hosts {
      hosts {
        key
        name
        site
        address
        port
        user
        jump
        hostKeys
        check {
          ...HostCheckFields
        }
      }
    }
  `,
  [HostCheckFields],
);

export const HostQuery = graphql(
  `
    query Host($key: ID!) {
      host(key: $key) {
        key
        name
        site
        address
        port
        user
        jump
        credential
        labels {
          name
          value
        }
        pins {
          hostKey
          at
          by
        }
        check {
          ...HostCheckFields
        }
        services {
          key
          name
        }
      }
    }
  `,
  [HostCheckFields],
);

/** Connects, verifies the key, signs in, and runs nothing. */
export const CheckHost = graphql(
  `
    mutation CheckHost($key: ID!) {
      checkHost(key: $key) {
        ...HostCheckFields
      }
    }
  `,
  [HostCheckFields],
);

export const PinHostKeys = graphql(`
  mutation PinHostKeys($input: PinHostKeysInput!) {
    pinHostKeys(input: $input) {
      key
    }
  }
`);
