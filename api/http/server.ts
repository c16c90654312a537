// The HTTP server: headers, probes, the door to GraphQL, the web app, errors; listening and closing.
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import express, { type Express, type Router } from 'express';
import type { Storage } from '../application/ports.ts';
import { answerErrors, notFound } from './errors.ts';
import { readBody } from './read-body.ts';
import { healthRoutes } from './health.ts';
import type { HttpLog } from './http-log.ts';
import { CLOSE_DEADLINE_MS, REQUEST_TIMEOUT_MS } from './limits.ts';
import { rawOutputRoute, type ReadRawOutput } from './raw-output.ts';
import { refuseRequest } from './refuse-request.ts';
import { runbookSchemaRoute } from './runbook-schema.ts';
import { originsOf, requireSameOrigin, type Origins } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { staticWeb } from './static-web.ts';

export interface HttpSettings {
  readonly host: string;
  readonly isTls: boolean;
  /** False for a process that only works: it answers probes, and nothing else. True unless given. */
  readonly servesPeople?: boolean;
  /** What people type when the server listens at this port. */
  readonly publicUrlAt: (port: number) => string;
  /** Absolute path of the built web app. */
  readonly webFolder: string;
  readonly log: HttpLog;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<unknown>;
  readonly readRawOutput: ReadRawOutput;
  readonly storage: Storage;
}

export interface Http {
  readonly app: Express;
  readonly server: Server;
  /** POST /graphql arrives here with its origin checked and its JSON body read; mount what answers it at any time. */
  readonly graphql: Router;
  /** For the WebSocket handshake, which passes by express. */
  readonly origins: Origins;
  /** Port 0 takes any free one. Once only for a server. */
  listen(port: number): Promise<Listening>;
  /** Stops accepting, lets requests in hand end, and cuts what is left after five seconds. */
  close(): Promise<void>;
}

export type Listening =
  | { readonly kind: 'listening'; readonly port: number; readonly url: string }
  | { readonly kind: 'in-use'; readonly port: number }
  | { readonly kind: 'refused'; readonly port: number; readonly message: string };

export function createHttp(settings: HttpSettings): Http {
  let origins: ReadonlySet<string> = new Set();
  const graphql = express.Router();
  const app = buildApp(settings, graphql, () => origins);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS }, app);
  const sockets = trackSockets(server);
  return {
    app,
    server,
    graphql,
    origins: () => origins,
    async listen(port) {
      const listening = await listenOn(server, { host: settings.host, port });
      if (typeof listening !== 'number') return listening;
      const url = settings.publicUrlAt(listening);
      origins = originsOf(url);
      return { kind: 'listening', port: listening, url };
    },
    close: () => closeServer(server, sockets),
  };
}

function buildApp(settings: HttpSettings, graphql: Router, origins: Origins): Express {
  const app = express();
  app.disable('x-powered-by');
  // With TLS a proxy on this machine stands in front, and only it may say who is calling.
  app.set('trust proxy', settings.isTls ? 'loopback' : false);
  app.use(securityHeaders(settings.isTls));
  app.use(healthRoutes(settings.log, settings));
  if (settings.servesPeople === false) return app.use(notFound());
  app.post('/graphql', requireSameOrigin(origins), readBody(settings.isTls));
  app.all('/graphql', (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (request.method === 'POST') next();
    else refuseRequest(response.setHeader('Allow', 'POST'), 405, { code: 'INVALID_INPUT', message: 'GraphQL is asked by POST only.' });
  });
  app.use('/graphql', graphql);
  app.use(runbookSchemaRoute());
  app.use(rawOutputRoute(settings.readRawOutput, settings.isTls));
  app.use(staticWeb(settings.webFolder));
  app.use(notFound());
  app.use(answerErrors(settings.log));
  return app;
}

function listenOn(server: Server, at: { readonly host: string; readonly port: number }): Promise<number | Exclude<Listening, { kind: 'listening' }>> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      resolve(error.code === 'EADDRINUSE' ? { kind: 'in-use', port: at.port } : { kind: 'refused', port: at.port, message: error.message });
    };
    const onListening = (): void => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : at.port);
    };
    server.once('error', onError).once('listening', onListening).listen(at.port, at.host);
  });
}

/** Sockets that became WebSockets are no longer the HTTP server's to close. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, CLOSE_DEADLINE_MS);
  await closed;
  clearTimeout(deadline);
}
