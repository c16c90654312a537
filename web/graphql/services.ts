// The list of services, one service with its score and reasons, and the news that a score has moved.
import { graphql } from './graphql.ts';

export const ServicesQuery = graphql(`
  query Services($filter: ServiceFilter, $sort: ServiceSort, $first: Int!, $after: String) {
    services(filter: $filter, sort: $sort, first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      edges {
        node {
          key
          name
          tier
          lenses
          operatedBy
          department
          reach
          ownerName
          owner {
            displayName
          }
          readiness {
            score
            band
            lastDrillAt
            limit {
              reason
            }
          }
        }
      }
    }
  }
`);

export const ServiceQuery = graphql(`
  query Service($key: ID!) {
    service(key: $key) {
      key
      name
      description
      tier
      lenses
      operatedBy
      department
      supplier
      reach
      reachOverrideNote
      reachPath {
        key
        name
      }
      ownerName
      owner {
        displayName
      }
      deputyName
      deputy {
        displayName
      }
      canRequestDrill
      objective {
        rtoSeconds
        rpoSeconds
        isOwnRto
        isOwnRpo
      }
      readiness {
        score
        own
        effective
        band
        assessedAt
        proofCoverage
        lastDrillAt
        nextDueAt
        provenRecoveryMs
        provenDataLossMs
        endToEndRecoveryMs
        limit {
          at
          reason
        }
        limitedBy {
          score
          reason
          service {
            key
            name
          }
        }
        components {
          code
          earned
          possible
          state
          reason
          action
          gain
          evidence
        }
        recoveryPath {
          ownMs
          service {
            key
            name
          }
        }
        gaps {
          code
          title
          reason
          action
          severity
          component
          gain
          startRunbook
        }
      }
      scoreHistory {
        at
        effective
        band
      }
      runbooks {
        key
        title
        scenario
        level
        canRequestDrill
        approved {
          number
        }
        latest {
          number
        }
      }
      hosts {
        key
        name
        site
        address
        check {
          at
          isReachable
          isKeyChanged
          problem
        }
      }
    }
  }
`);

export const ServiceRelationsQuery = graphql(`
  query ServiceRelations($key: ID!) {
    service(key: $key) {
      key
      dependencies {
        kind
        serviceKey
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
      dependents {
        kind
        serviceKey
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
`);

export const ServiceDrillsQuery = graphql(`
  query ServiceDrills($key: ID!, $first: Int!) {
    service(key: $key) {
      key
      drills(first: $first) {
        totalCount
        edges {
          node {
            id
            title
            mode
            level
            state
            result
            startedAt
            finishedAt
            requestedAt
            recoveryMs
            rtoSeconds
            isUnclean
            hasDeviations
          }
        }
      }
    }
  }
`);

export const ScoreChanges = graphql(`
  subscription ScoreChanges {
    scoreChanges {
      before
      after
      beforeBand
      afterBand
      service {
        key
        name
      }
    }
  }
`);
