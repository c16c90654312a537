// Connections with cursors, made for a node type; a page is never larger than the limit says.
import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Page, PageRequest } from '../application/stores.ts';
import { errorOf } from './errors.ts';

/** Larger pages would make one request cost as much as many. */
export const LARGEST_PAGE = 100;

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50 })
  first!: number;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The classes `<name>Connection` and `<name>Edge`. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: T;
  }
  @ObjectType(`${name}Connection`)
  class ConnectionOfNode {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int)
    totalCount!: number;
  }
  return ConnectionOfNode;
}

/** The connection of a page whose rows become nodes. */
export function connectionFrom<R, T>(page: Page<R>, toNode: (row: R) => T): Connection<T> {
  const edges = page.rows.map((row, index) => ({ cursor: page.cursors[index] ?? '', node: toNode(row) }));
  return { edges, pageInfo: { hasNextPage: page.hasNext, endCursor: edges.at(-1)?.cursor ?? null }, totalCount: page.total };
}

/** Refuses a page size that is not 1 to the largest. */
export function pageRequest(args: { readonly first: number; readonly after?: string | null | undefined }): PageRequest {
  return { first: checkedCount(args.first), after: args.after ?? null };
}

export function checkedCount(first: number): number {
  if (first >= 1 && first <= LARGEST_PAGE) return first;
  throw errorOf({ code: 'INVALID_INPUT', message: `Ask for 1 to ${LARGEST_PAGE} at a time, not ${first}.`, field: 'first' });
}
