// What the palette finds by name.
import { graphql } from './graphql.ts';

export const PaletteQuery = graphql(`
  query Palette($text: String) {
    services(filter: { text: $text }, sort: NAME, first: 8) {
      edges {
        node {
          key
          name
        }
      }
    }
    runbooks(first: 50) {
      edges {
        node {
          key
          title
        }
      }
    }
  }
`);
