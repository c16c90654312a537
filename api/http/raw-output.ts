// The output of a step as a file: GET /drills/DR-1/output?step=… gives the bytes as they came, to whoever may see them.
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Router, type Request, type Response } from 'express';
import type { ErrorCode, Result } from '../domain/errors.ts';
import { refuseRequest } from './refuse-request.ts';
import { readSessionCookie } from './session-cookie.ts';

export interface OutputAsked {
  readonly drill: string;
  readonly step: string;
  readonly host: string | null;
}

/** Says no with a refusal, or gives the bytes; the secret is that of the session, null without one. */
export type ReadRawOutput = (sessionSecret: string | null, asked: OutputAsked) => Promise<Result<AsyncIterable<Uint8Array>>>;

const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

export function rawOutputRoute(read: ReadRawOutput, isTls: boolean): Router {
  const router = Router();
  router.get('/drills/:drill/output', (request, response, next) => {
    const asked = { drill: request.params.drill, step: textOf(request, 'step') ?? '', host: textOf(request, 'host') };
    read(readSessionCookie(request, isTls), asked)
      .then((found) => answer(response, asked, found))
      .catch(next);
  });
  return router;
}

async function answer(response: Response, asked: OutputAsked, found: Result<AsyncIterable<Uint8Array>>): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  if (!found.ok) {
    refuseRequest(response, STATUS[found.refusal.code] ?? 400, found.refusal);
    return;
  }
  // Bytes of a foreign program: saved, never shown by the browser as a page of ours.
  response.attachment(fileName(asked)).type('application/octet-stream');
  // A reader who goes away in the middle is nobody's fault.
  await pipeline(Readable.from(found.value), response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}

function textOf(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function fileName({ drill, step, host }: OutputAsked): string {
  return `${[drill, step, ...(host === null ? [] : [host])].join('-').replaceAll(/[^\w.-]+/g, '-')}.log`;
}
