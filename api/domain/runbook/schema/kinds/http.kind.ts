// `http`: a request from the app's own machine. An action, unless its method or the step says that it changes nothing.
import type { RawBody, RawHttp } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part } from '../json-schema.ts';
import { CAPTURE, REPEAT_KEYS, capturesOf, expectationOf, optionalDurationMs } from './command-keys.ts';
import { onFailureOf, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';
import { httpAction } from './look.ts';
import { EXPIRES, IDEMPOTENT, POINT_OF_NO_RETURN, READ_ONLY, UNDO_BY_STEP, actionRetry, revertOf } from './revert-keys.ts';
import { FOREACH, foreachOf } from './spread-keys.ts';

/** An answer that takes longer is a job that somebody should wait for with a `wait`. */
const DEFAULT_TIMEOUT_MS = 60_000;

export const httpKind: StepKindDefinition = {
  kind: 'http',
  summary: 'Sends a request from the app’s own machine: an action by way of an API.',
  properties: {
    http: {
      ...part('httpRequest', 'The request: an address, or an object with method, url, headers and body.'),
      examples: [{ method: 'POST', url: 'https://dns.example.com/records/www', body: { ttl: 10 } }],
    },
    foreach: FOREACH,
    ...REPEAT_KEYS,
    timeout: part('positiveDuration', 'Longest time for each attempt; unless given the default of the runbook, then 1m.'),
    expect: part('httpExpect', 'What status and body must look like; a status of 200 to 299 unless given.'),
    capture: CAPTURE,
    undo: UNDO_BY_STEP,
    expires: EXPIRES,
    readOnly: {
      ...READ_ONLY,
      description: 'It changes nothing: it may run in a dry run, and again after a crash. true for GET and HEAD unless given.',
    },
    idempotent: {
      ...IDEMPOTENT,
      description: 'Sending it twice is the same as once: it may be repeated without asking. true for PUT and DELETE unless given.',
    },
    pointOfNoReturn: POINT_OF_NO_RETURN,
  },
  on: 'none',
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const action = httpAction(present(raw.http, 'http'));
    const { isReadOnly, isIdempotent } = effectOf(raw, action.method);
    return {
      ...context.common,
      kind: 'http',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaults.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: actionRetry(raw, isIdempotent, context),
      action,
      ...foreachOf(raw),
      expect: expectationOf(raw.expect),
      captures: capturesOf(raw.capture),
      isReadOnly,
      isIdempotent,
      ...revertOf(raw, context),
    };
  },
};

/** What a request may do to its server, by its method where the step says nothing. */
export function effectOf(raw: RawBody, method: string): { readonly isReadOnly: boolean; readonly isIdempotent: boolean } {
  const isReadOnly = raw.readOnly ?? (method === 'GET' || method === 'HEAD');
  return { isReadOnly, isIdempotent: isReadOnly || (raw.idempotent ?? (method === 'PUT' || method === 'DELETE')) };
}

export function methodOf(http: string | RawHttp): string {
  return typeof http === 'string' ? 'GET' : (http.method ?? 'GET');
}
