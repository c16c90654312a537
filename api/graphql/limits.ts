// How large a document may be; the same for HTTP and for the socket.
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** Deep enough for the drill page with room to spare; a circle of types cannot be walked further. */
const DEEPEST = 8;
/** The largest page of the web app asks for about half of this. */
export const PARSE_LIMITS = { maxTokens: 1_000 } as const;
/** The app asks for one thing under several names seldom; an attack does so by the thousand. */
const MOST_ALIASES = 10;
const MOST_DIRECTIVES = 5;
/** Weighs fields by their depth; the widest question of the web app comes to 5,116. */
const HIGHEST_COST = 6_000;

/** Validation rules that refuse what is larger, before anything is resolved. */
export function documentLimits(): readonly ValidationRule[] {
  const { validationRules } = new ApolloArmor({
    maxDepth: { n: DEEPEST, flattenFragments: true, ...TELLS },
    maxAliases: { n: MOST_ALIASES, ...TELLS },
    maxDirectives: { n: MOST_DIRECTIVES, ...TELLS },
    costLimit: { maxCost: HIGHEST_COST, flattenFragments: true, ...TELLS },
    // The parser counts tokens on both ways in, and errors are cleaned of names where they are formed.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return validationRules;
}

/** Armor calls it a syntax error under a code for bad input; ours says what to do. */
const TELLS = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, { message }: GraphQLError): void => context?.reportError(tooComplex(message))],
};

function tooComplex(reason: string): GraphQLError {
  const why = reason.replace(/^Syntax Error: /, '').replace(/\.$/, '');
  return new GraphQLError(`The document is too large: ${why}. Ask for less at once.`, { extensions: { code: 'TOO_COMPLEX' } });
}
