// Reads the JSON body of a request, as large as its sender may send.
import express, { type RequestHandler } from 'express';
import { BODY_LIMIT_KB, SIGNED_IN_BODY_LIMIT_KB } from './limits.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Whether the session holds is asked later; here it only keeps strangers from sending more than they need to sign in. */
export function readBody(isTls: boolean): RequestHandler {
  const ofAnybody = express.json({ limit: BODY_LIMIT_KB * 1_000 });
  const ofSignedIn = express.json({ limit: SIGNED_IN_BODY_LIMIT_KB * 1_000 });
  return (request, response, next) => {
    const read = readSessionCookie(request, isTls) === null ? ofAnybody : ofSignedIn;
    read(request, response, next);
  };
}
