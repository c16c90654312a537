// Sends one HTTP request for a runbook: no redirects, TLS always verified, a body with a cap, and an end in every case.
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import type { HttpResponse, RemoteOutcome } from '../application/ports.ts';
import type { HttpAction } from '../domain/runbook/runbook.ts';
import { checkedAddresses } from './address-guard.ts';
import type { AllowedPlace } from './allowed-places.ts';
import { Deadline, reasonOf, type Report } from './report.ts';

/** An answer is read by people and by expectations; what is longer is a download and belongs into a command. */
const BODY_MAX_BYTES = 1_048_576;
/** What may be asked again when nobody can tell whether it arrived: by the definition of these methods nothing changes, or not twice. */
const REPEATABLE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

export interface Errand {
  readonly places: readonly AllowedPlace[];
  readonly timeoutMs: number;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** The answer's body is the output, and its status line comes on stderr. Rejects only when the sink does. */
export async function sendHttp(action: HttpAction, errand: Errand): Promise<RemoteOutcome> {
  const { places, report } = errand;
  const deadline = new Deadline(errand.timeoutMs, errand.signal);
  const sending = { mayHaveArrived: false };
  try {
    await report.launched();
    const url = URL.canParse(action.url) ? new URL(action.url) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      return await report.failed(`Nothing was sent: ${action.url} is no http or https address.`);
    const checked = await ending(checkedAddresses(places, url.hostname, portOf(url)), deadline.signal);
    if (checked.kind === 'refused') return await report.failed(checked.reason);
    const response = await exchange({ action, url, addresses: checked.addresses, signal: deadline.signal, sending });
    return await new Answer(response, report, deadline).read();
  } catch (error) {
    if (report.hasFailed) throw error;
    const isOpen = sending.mayHaveArrived && !REPEATABLE_METHODS.has(action.method);
    if (isOpen) return { kind: 'lost', message: `The request was sent, and no answer came: ${why(deadline, error)}.` };
    if (deadline.stopped !== null) return { kind: deadline.stopped };
    return report.failed(`${action.method} ${hostOf(action.url)} failed: ${reasonOf(error)}`);
  } finally {
    deadline.clear();
  }
}

interface Exchange {
  readonly action: HttpAction;
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
  readonly sending: { mayHaveArrived: boolean };
}

function exchange({ action, url, addresses, signal, sending }: Exchange): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  const options: RequestOptions = {
    method: action.method,
    headers: { 'user-agent': 'Muster', ...action.headers },
    lookup: lookupOf(addresses),
    agent: false, // a connection that was kept open may go to an address that was checked for another place
    signal,
  };
  return new Promise((settle, fail) => {
    const request = (isTls ? tlsRequest : plainRequest)(url, options, settle);
    request.on('error', fail);
    request.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        sending.mayHaveArrived = true;
      });
    });
    request.end(action.body ?? undefined);
  });
}

/** Names are not looked up a second time: the answer could be another one by then. */
export function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, options, answer) => {
    const [first] = all;
    if (options.all === true || first === undefined) answer(null, all);
    else answer(null, first.address, first.family);
  };
}

/** Whatever a lookup takes: the system's own cannot be stopped. */
export function ending<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((settle, fail) => {
    const end = (): void => fail(new Error('it was ended'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(settle, fail);
  });
}

class Answer {
  private readonly response: HttpResponse;

  constructor(
    private readonly message: IncomingMessage,
    private readonly report: Report,
    private readonly deadline: Deadline,
  ) {
    const headers = Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const);
    this.response = { status: message.statusCode ?? 0, headers: Object.fromEntries(headers) };
  }

  async read(): Promise<RemoteOutcome> {
    const { message, report, response } = this;
    await report.line('stderr', `HTTP ${response.status} ${message.statusMessage ?? ''}`.trimEnd());
    let length = 0;
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > BODY_MAX_BYTES)
          return await report.failed(`The answer is longer than ${BODY_MAX_BYTES} bytes, and was not read further.`, response);
        await report.give('stdout', chunk);
      }
    } catch (error) {
      if (report.hasFailed) throw error;
      if (this.deadline.stopped !== null) return { kind: this.deadline.stopped };
      return report.failed(`The answer ended before it was whole: ${reasonOf(error)}`, response);
    }
    return { kind: 'exited', exitCode: 0, response };
  }
}

function why(deadline: Deadline, error: unknown): string {
  if (deadline.stopped === 'timed-out') return 'the time was up';
  return deadline.stopped === 'cancelled' ? 'it was cancelled' : reasonOf(error);
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Paths and queries can carry secrets; the place alone is enough for a sentence. */
function hostOf(url: string): string {
  return new URL(url).host;
}
