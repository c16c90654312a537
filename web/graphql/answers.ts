// Who may answer the questions of a drill.
import { graphql } from './graphql.ts';

export const AnswerersQuery = graphql(`
  query Answerers($id: ID!) {
    drill(id: $id) {
      id
      services {
        key
        owner {
          name
          displayName
        }
        deputy {
          name
          displayName
        }
      }
    }
  }
`);
