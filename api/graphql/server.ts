// Apollo Server over HTTP and graphql-ws over the same port: one schema, one context, one set of limits, one form of errors.
import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Request, RequestHandler, Response } from 'express';
import type { GraphContext, SessionGate } from './context.ts';
import { formatErrors } from './errors.ts';
import { documentLimits, PARSE_LIMITS } from './limits.ts';
import { contextOf, type GraphqlParts } from './parts.ts';
import { serveSockets } from './sockets.ts';

export interface GraphqlServer {
  readonly middleware: RequestHandler;
  stop(): Promise<void>;
}

export async function startGraphql(parts: GraphqlParts, httpServer: Server): Promise<GraphqlServer> {
  const rules = documentLimits();
  const format = formatErrors({ report: parts.report, hidesNames: parts.isProduction });
  const sockets = serveSockets({ parts, format, rules }, httpServer);
  const apollo = new ApolloServer<GraphContext>({
    schema: parts.schema,
    parseOptions: PARSE_LIMITS,
    validationRules: [...rules],
    introspection: !parts.isProduction,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    formatError: format,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginDrainHttpServer({ httpServer })],
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

function httpSession(parts: GraphqlParts, request: Request, response: Response): SessionGate {
  return { secret: parts.readSession(request), address: request.ip ?? '', set: (secret) => parts.writeSession(response, secret) };
}
