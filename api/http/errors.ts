// The last stop of a request: what nobody answered, and what went wrong on the way.
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { BODY_LIMIT_KB } from './limits.ts';
import type { HttpLog } from './http-log.ts';
import { refuseRequest } from './refuse-request.ts';

export function notFound(): RequestHandler {
  return (request, response) => {
    refuseRequest(response, 404, { code: 'NOT_FOUND', message: `There is nothing at ${request.path}.` });
  };
}

/** What the client did wrong is told to it; what we did wrong is logged under an id, and only the id is told. */
export function answerErrors(log: HttpLog): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status === 413) {
      refuseRequest(response, 413, { code: 'INVALID_INPUT', message: `The request is larger than ${limitKbOf(error)} kB. Send less at once.` });
    } else if (status === 404) {
      refuseRequest(response, 404, { code: 'NOT_FOUND', message: `There is nothing at ${request.path}.` });
    } else if (status !== null) {
      refuseRequest(response, status, { code: 'INVALID_INPUT', message: 'The request cannot be read. Send JSON as application/json in UTF-8.' });
    } else {
      const id = randomUUID();
      log.error({ err: error, id, method: request.method, path: request.path }, 'a request failed');
      refuseRequest(response, 500, { code: 'INTERNAL', message: `Something went wrong on the server. The log tells more under ${id}.`, id });
    }
  };
}

/** The limit that body-parser names, in kB. */
function limitKbOf(error: unknown): number {
  const limit = typeof error === 'object' && error !== null && 'limit' in error ? Number(error.limit) : Number.NaN;
  return Number.isFinite(limit) ? limit / 1_000 : BODY_LIMIT_KB;
}

/** The status that body-parser and send give to faults of the client; null for anything else. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
