// Probes: /healthz says that the process answers, /readyz that it can reach its database and that what is written is stored.
import express, { type Router } from 'express';
import { explainTrouble } from '../application/storage-error.ts';
import type { Storage } from '../application/ports.ts';
import type { HttpLog } from './http-log.ts';

export interface Probed {
  readonly ping: () => Promise<unknown>;
  readonly storage: Storage;
}

export function healthRoutes(log: HttpLog, { ping, storage }: Probed): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    try {
      await ping();
      const state = storage.state();
      if (state.isWritable) response.json({ status: 'ok' });
      else response.status(503).json({ status: 'unavailable', reason: explainTrouble(state.trouble) });
    } catch (error) {
      log.error({ err: error }, 'the database does not answer');
      response.status(503).json({ status: 'unavailable', reason: 'The database does not answer. The log says why.' });
    }
  });
  return router;
}
