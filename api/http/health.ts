// Probes: /healthz says that the process answers, /readyz that it can reach its database.
import express, { type Router } from 'express';
import type { HttpLog } from './http-log.ts';

export function healthRoutes(log: HttpLog, ping: () => Promise<unknown>): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    try {
      await ping();
      response.json({ status: 'ok' });
    } catch (error) {
      log.error({ err: error }, 'the database does not answer');
      response.status(503).json({ status: 'unavailable', reason: 'The database does not answer. The log says why.' });
    }
  });
  return router;
}
