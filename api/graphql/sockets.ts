// Operations over a WebSocket: the same schema, limits and errors as over HTTP, for as long as the session lasts.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, specifiedRules, validate, type GraphQLSchema, type ValidationRule } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { formatErrors } from './errors.ts';
import { PARSE_LIMITS } from './limits.ts';
import { contextOf, type GraphqlParts } from './parts.ts';

export interface SocketSettings {
  readonly parts: GraphqlParts;
  readonly rules: readonly ValidationRule[];
  readonly format: ReturnType<typeof formatErrors>;
}

/** No operation of the web app comes near it. */
const LARGEST_MESSAGE = 100_000;
const SOCKET_PATH = '/graphql';
/** A socket outlives many requests, so it is looked after whether its session still does. */
const SESSION_CHECK_MS = 30_000;
/** Close codes from 4000 on are ours to give; graphql-ws tells a refusal by this one, and its clients do not come back. */
const FORBIDDEN = 4_403;

/** Takes over the upgrades of the HTTP server. */
export function serveSockets(settings: SocketSettings, httpServer: Server): ReturnType<typeof useServer> {
  const { parts, format } = settings;
  const socketServer = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== SOCKET_PATH || !parts.isOwnPage(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (client) => {
      endWithSession(client, parts, request);
      socketServer.emit('connection', client, request);
    });
  });
  const shown = (error: GraphQLError): GraphQLError => {
    const { message, ...rest } = format(error.toJSON(), error);
    return new GraphQLError(message, rest);
  };
  return useServer(
    {
      schema: parts.schema,
      onSubscribe: (_context, _id, { query }) => faultsOf(parts.schema, query, settings.rules),
      context: ({ extra }) =>
        contextOf(parts, { secret: parts.readSession(extra.request), address: extra.request.socket.remoteAddress ?? '', set: null }),
      onError: (_context, _id, _payload, errors) => errors.map(shown),
      onNext: (_context, _id, _payload, _args, result) => (result.errors === undefined ? undefined : { ...result, errors: result.errors.map(shown) }),
    },
    socketServer,
  );
}

/** With the codes that Apollo gives to the same faults. Thrown, they would end the socket with all that runs over it. */
function faultsOf(schema: GraphQLSchema, query: string, rules: readonly ValidationRule[]): readonly GraphQLError[] | undefined {
  try {
    const errors = validate(schema, parse(query, PARSE_LIMITS), [...specifiedRules, ...rules]);
    return errors.length === 0 ? undefined : errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [coded(error, 'GRAPHQL_PARSE_FAILED')];
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, extensions } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code, ...extensions } });
}

/** Closes a signed-in person's socket when the session has ended: its subscriptions were allowed to that person alone. */
function endWithSession(client: WebSocket, parts: GraphqlParts, request: IncomingMessage): void {
  const secret = parts.readSession(request);
  if (secret === null) return;
  const timer = setInterval(() => {
    parts.actorOf(secret).then(
      (actor) => actor ?? client.close(FORBIDDEN, 'Forbidden'),
      (error: unknown) => parts.report('session-check', error),
    );
  }, SESSION_CHECK_MS);
  client.once('close', () => clearInterval(timer));
}
