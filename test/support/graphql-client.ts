// Speaks GraphQL to a running Muster as its web app does: documents of the app over HTTP, subscriptions over one socket.
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { createClient, type Client, type ExecutionResult } from 'graphql-ws';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

export interface GraphqlFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: T | null;
  readonly errors: readonly GraphqlFault[];
}

/** Everything that a subscription has brought so far. */
export interface Followed<T> {
  readonly seen: readonly T[];
  readonly faults: readonly GraphqlFault[];
  /** Resolves with the first one that fits, seen already or still to come. */
  until(fits: (one: T) => boolean): Promise<T>;
  /** Resolves when the server has ended it, or refused it. */
  ended(): Promise<void>;
  stop(): void;
}

export interface GraphqlClient {
  readonly cookie: string | null;
  /** Any body, any headers over the usual ones; null takes one away. */
  post(body: string, headers?: Readonly<Record<string, string | null>>): Promise<Response>;
  send<T = Record<string, unknown>>(query: string, variables?: object): Promise<Answer<T>>;
  /** Throws when the answer has errors. */
  ask<T, V extends object>(document: TadaDocumentNode<T, V>, variables: V): Promise<T>;
  /** The first error; throws when there is none. */
  refusal<T, V extends object>(document: TadaDocumentNode<T, V>, variables: V): Promise<GraphqlFault>;
  follow<T, V extends Record<string, unknown>>(document: TadaDocumentNode<T, V>, variables: V): Followed<T>;
  followText<T>(query: string, variables?: Record<string, unknown>): Followed<T>;
  close(): Promise<void>;
}

const WAIT_MS = 10_000;
const POLL_MS = 5;

export function graphqlClient(url: string, sessionSecret: string | null): GraphqlClient {
  const cookie = sessionSecret === null ? null : `muster_session=${sessionSecret}`;
  const endpoint = `${url}/graphql`;
  let socket: Client | null = null;

  const post: GraphqlClient['post'] = (body, changes = {}) => {
    const usual = { 'content-type': 'application/json', 'x-muster-csrf': '1', origin: url, cookie };
    const headers = Object.entries({ ...usual, ...changes }).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
    return fetch(endpoint, { method: 'POST', body, headers });
  };
  const send = async <T>(query: string, variables: object = {}): Promise<Answer<T>> => {
    const response = await post(JSON.stringify({ query, variables }));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's answer; tests look at what is in it
    const answer = (await response.json()) as { data?: T | null; errors?: readonly GraphqlFault[] };
    return { status: response.status, headers: response.headers, data: answer.data ?? null, errors: answer.errors ?? [] };
  };
  const followText = <T>(query: string, variables: Record<string, unknown> = {}): Followed<T> => {
    socket ??= openSocket(url, cookie);
    return followOn<T>(socket, { query, variables });
  };

  return {
    cookie,
    post,
    send,
    async ask<T>(document: TadaDocumentNode<T, never>, variables: object) {
      const { data, errors } = await send<T>(print(document), variables);
      if (data === null || errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    async refusal(document, variables) {
      const { data, errors } = await send(print(document), variables);
      const [first] = errors;
      if (first === undefined) throw new Error(`Not refused: ${JSON.stringify(data)}`);
      return first;
    },
    follow: (document, variables) => followText(print(document), variables),
    followText,
    async close() {
      await socket?.dispose();
    },
  };
}

/** `seq` after `seq`, as the server gives them: the numbers that are missing or doubled show at once. */
export function fromOneTo(last: number, first = 1): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function openSocket(url: string, cookie: string | null): Client {
  class SocketOfPage extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { origin: url, ...(cookie === null ? {} : { cookie }) } });
    }
  }
  return createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: SocketOfPage, retryAttempts: 0 });
}

function followOn<T>(socket: Client, payload: { query: string; variables: Record<string, unknown> }): Followed<T> {
  const seen: T[] = [];
  const faults: GraphqlFault[] = [];
  let isOver = false;
  const stop = socket.subscribe<T>(payload, {
    next({ data, errors }: ExecutionResult<T>) {
      if (data !== null && data !== undefined) seen.push(data);
      for (const error of errors ?? []) faults.push({ message: error.message, extensions: error.extensions ?? {} });
    },
    error(error) {
      faults.push(...faultsOf(error));
      isOver = true;
    },
    complete() {
      isOver = true;
    },
  });
  return {
    seen,
    faults,
    until: (fits) =>
      waitFor(() => {
        const found = seen.find(fits);
        if (found === undefined) throw new Error(`Not among ${JSON.stringify(seen)}; faults: ${JSON.stringify(faults)}`);
        return found;
      }),
    ended: () =>
      waitFor(() => {
        if (!isOver) throw new Error(`It still goes on; seen so far: ${JSON.stringify(seen)}`);
      }),
    stop,
  };
}

function waitFor<R>(look: () => R): Promise<R> {
  return vi.waitFor(look, { timeout: WAIT_MS, interval: POLL_MS });
}

function faultsOf(error: unknown): readonly GraphqlFault[] {
  if (Array.isArray(error)) return error.map(({ message, extensions }) => ({ message, extensions: extensions ?? {} }));
  return [{ message: error instanceof Error ? error.message : `the socket was closed: ${JSON.stringify(error)}`, extensions: { isSocket: true } }];
}
