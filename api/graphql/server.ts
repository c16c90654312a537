// Apollo Server over HTTP and graphql-ws over the same port: one schema, one context, one set of limits, one form of errors.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError, parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Actor } from '../application/access.ts';
import { makeLoaders, type GraphContext, type SessionGate } from './context.ts';
import { formatErrors } from './errors.ts';
import { documentLimits, MOST_TOKENS } from './limits.ts';

export interface GraphqlParts extends Pick<GraphContext, 'app' | 'about' | 'firstRun' | 'signInLimits'> {
  readonly schema: GraphQLSchema;
  readonly isProduction: boolean;
  /** Told once for each error that nobody expected. */
  readonly report: (id: string, error: unknown) => void;
  readonly readSession: (request: IncomingMessage) => string | null;
  readonly writeSession: (response: Response, secret: string | null) => void;
  /** Who stands behind a session now. */
  readonly actorOf: (secret: string | null) => Promise<Actor | null>;
  /** False for a WebSocket handshake from another site's page. */
  readonly isOwnPage: (request: IncomingMessage) => boolean;
}

export interface GraphqlServer {
  readonly middleware: RequestHandler;
  stop(): Promise<void>;
}

/** A list that the client holds back from reading is dropped rather than kept in memory without end. */
const LARGEST_MESSAGE = 100_000;
const SOCKET_PATH = '/graphql';

export async function startGraphql(parts: GraphqlParts, httpServer: Server): Promise<GraphqlServer> {
  const limits = documentLimits(parts.isProduction);
  const sockets = serveSockets(parts, httpServer, limits.validationRules);
  const apollo = new ApolloServer<GraphContext>({
    ...limits,
    schema: parts.schema,
    introspection: !parts.isProduction,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    formatError: formatErrors(parts.report),
    plugins: [
      ...(limits.plugins as ApolloServerPlugin<GraphContext>[]),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer }),
    ],
  });
  await apollo.start();
  const middleware = expressMiddleware(apollo, { context: async ({ req, res }) => contextOf(parts, httpSession(parts, req, res)) });
  return {
    middleware,
    async stop() {
      await sockets.dispose();
      await apollo.stop();
    },
  };
}

async function contextOf(parts: GraphqlParts, session: SessionGate): Promise<GraphContext> {
  const { app, about, firstRun, signInLimits } = parts;
  return { app, about, firstRun, signInLimits, session, actor: await parts.actorOf(session.secret), loaders: makeLoaders(app) };
}

function httpSession(parts: GraphqlParts, request: Request, response: Response): SessionGate {
  return { secret: parts.readSession(request), address: request.ip ?? '', set: (secret) => parts.writeSession(response, secret) };
}

function serveSockets(
  parts: GraphqlParts,
  httpServer: Server,
  rules: ReturnType<typeof documentLimits>['validationRules'],
): ReturnType<typeof useServer> {
  const socketServer = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== SOCKET_PATH || !parts.isOwnPage(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (client) => socketServer.emit('connection', client, request));
  });
  const format = formatErrors(parts.report);
  return useServer(
    {
      schema: parts.schema,
      parse: (source) => parse(source, { maxTokens: MOST_TOKENS }),
      validate: (schema, document) => validate(schema, document, [...specifiedRules, ...rules]),
      context: ({ extra }) =>
        contextOf(parts, { secret: parts.readSession(extra.request), address: extra.request.socket.remoteAddress ?? '', set: null }),
      onError: (_context, _id, _payload, errors) => errors.map((error) => new GraphQLError(error.message, format(error.toJSON(), error))),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors === undefined
          ? undefined
          : { ...result, errors: result.errors.map((error) => new GraphQLError(error.message, format(error.toJSON(), error))) },
    },
    socketServer,
  );
}
