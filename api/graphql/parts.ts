// What the GraphQL server is put together from, and the context that each operation gets of it.
import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Actor } from '../application/access.ts';
import { makeLoaders, type GraphContext, type SessionGate } from './context.ts';

export interface GraphqlParts extends Pick<GraphContext, 'app' | 'about' | 'firstRun' | 'signInLimits' | 'readProcedure'> {
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

export async function contextOf(parts: GraphqlParts, session: SessionGate): Promise<GraphContext> {
  const { app, about, firstRun, signInLimits, readProcedure } = parts;
  return { app, about, firstRun, signInLimits, readProcedure, session, actor: await parts.actorOf(session.secret), loaders: makeLoaders(app) };
}
