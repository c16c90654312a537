// The typed `graphql` tag: documents are checked against the committed schema, which is all the web app knows of the API.
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.gen.d.ts';

export const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTimeISO: string } }>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';

/** The members of an enum of the schema, as a union of strings. */
export type SchemaEnum<Name extends keyof EnumsOf> = EnumsOf[Name];

type Types = introspection['types'];
type EnumsOf = { [K in keyof Types as Types[K] extends { enumValues: string } ? K : never]: Types[K] extends { enumValues: infer V } ? V : never };
