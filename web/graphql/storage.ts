// Whether what is written is stored.
import { graphql } from './graphql.ts';

export const StorageQuery = graphql(`
  query Storage {
    storage {
      isWritable
      since
      reason
    }
  }
`);
