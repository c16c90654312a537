// How large a document may be; the same for HTTP and for the socket.
import { ApolloArmor } from '@escape.tech/graphql-armor';

/** Deep enough for the drill page with room to spare; a circle of types cannot be walked further. */
const DEEPEST = 8;
/** The largest page of the web app asks for about half of this. */
export const MOST_TOKENS = 1_000;
/** The app asks for one thing under several names seldom; an attack does so by the thousand. */
const MOST_ALIASES = 10;
const MOST_DIRECTIVES = 5;
/** Weighs fields by their depth; the largest page of the web app stays below a fifth. */
const HIGHEST_COST = 5_000;

/** Validation rules and plugins that refuse what is larger, before anything is resolved. */
export function documentLimits(isProduction: boolean): ReturnType<ApolloArmor['protect']> {
  return new ApolloArmor({
    maxDepth: { n: DEEPEST, flattenFragments: true },
    maxTokens: { n: MOST_TOKENS },
    maxAliases: { n: MOST_ALIASES },
    maxDirectives: { n: MOST_DIRECTIVES },
    costLimit: { maxCost: HIGHEST_COST, flattenFragments: true },
    blockFieldSuggestion: { enabled: isProduction },
  }).protect();
}
