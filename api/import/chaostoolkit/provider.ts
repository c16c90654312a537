// What an activity calls: a program, a request or a Python function; each as the body of a step, or null where a person has to do it.
import { writeDuration } from '../../domain/duration.ts';
import { HTTP_METHODS } from '../../domain/runbook/raw-runbook.ts';
import type { RawBody, RawExpect, RawHttp } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { quoteShell, withVariables } from '../write-runbook/shell-text.ts';
import { HOST_QUESTION, placesIn, templateOf } from './experiment.ts';
import type { Experiment } from './experiment.ts';
import { expectOf } from './tolerance.ts';

type Provider = Readonly<Record<string, unknown>>;

export interface ProviderCall {
  /** Null when the tolerance cannot be said, undefined when there is none to say. */
  readonly expect: RawExpect | null | undefined;
  /** Keys of the provider that are said by it. */
  readonly keys: readonly string[];
  /** As a look (`check`) or as an action. */
  body(isProbe: boolean): RawBody;
}

export function callOf(activity: Activity, experiment: Experiment): ProviderCall | null {
  if (activity.provider['type'] === 'process') return processCall(activity, experiment);
  return activity.provider['type'] === 'http' ? httpCall(activity, experiment) : null;
}

interface Activity {
  readonly provider: Provider;
  readonly tolerance: unknown;
}

function processCall({ provider, tolerance }: Activity, experiment: Experiment): ProviderCall | null {
  const command = commandOf(provider, experiment);
  if (command === null) return null;
  return {
    expect: expectOf(tolerance, 'process'),
    keys: ['type', 'path', 'arguments', ...timeoutKey(provider)],
    body: (isProbe) => ({
      ...(isProbe ? { check: command } : { run: command }),
      on: experiment.builder.askedTarget(HOST_QUESTION),
      ...timeoutOf(provider),
    }),
  };
}

/** Arguments in one text went through a shell in the experiment, those in a list did not. */
function commandOf({ path, arguments: given }: Provider, experiment: Experiment): string | null {
  const program = scalarText(path);
  if (program === null || program.trim() === '') return null;
  const words = programWords(given);
  if (typeof words === 'string') {
    const text = `${quoteArgument(program, experiment)} ${words.trim()}`.trim();
    return withVariables(text, placesIn(text, experiment));
  }
  return words === null ? null : [program, ...words].map((word) => quoteArgument(word, experiment)).join(' ');
}

function programWords(given: unknown): string | readonly string[] | null {
  if (given === undefined || given === null) return [];
  if (typeof given === 'string') return given;
  const flat = isMap(given) ? Object.entries(given).flat() : isList(given) ? given : null;
  const words = flat?.filter((word) => word !== '' && word !== null).map(scalarText) ?? null;
  return words === null || words.includes(null) ? null : words.filter((word) => word !== null);
}

function quoteArgument(word: string, experiment: Experiment): string {
  let out = '';
  let at = 0;
  for (const { from, to, variable } of placesIn(word, experiment)) {
    out += `${from > at ? quoteShell(word.slice(at, from)) : ''}"$${variable}"`;
    at = to;
  }
  return at < word.length ? out + quoteShell(word.slice(at)) : out;
}

function httpCall(activity: Activity, experiment: Experiment): ProviderCall | null {
  const { provider, tolerance } = activity;
  const url = scalarText(provider['url']);
  const method = HTTP_METHODS.find((known) => known === (scalarText(provider['method']) ?? 'GET').toUpperCase());
  if (url === null || method === undefined) return null;
  if (/^\$\{\w+\}/.test(url)) return method === 'GET' ? curlCall(activity, url, experiment) : null;
  const request = requestOf(provider, { url, method }, experiment);
  if (request === null) return null;
  const http = request.method === undefined && request.headers === undefined && request.body === undefined ? request.url : request;
  return {
    expect: expectOf(tolerance, 'http'),
    keys: ['type', 'url', 'method', 'headers', 'arguments', ...timeoutKey(provider)],
    body: (isProbe) => ({ ...(isProbe ? { check: { http } } : { http }), ...timeoutOf(provider) }),
  };
}

/** A whole address in a value cannot stand in a request of a runbook, where values are encoded; curl takes it from a variable. */
function curlCall({ provider, tolerance }: Activity, url: string, experiment: Experiment): ProviderCall | null {
  if (provider['headers'] !== undefined || provider['arguments'] !== undefined) return null;
  const address = quoteArgument(url, experiment);
  const expect = expectOf(tolerance, 'http');
  const codes = expect?.status === undefined ? null : [expect.status].flat();
  const options = codes === null ? '--fail' : "-o /dev/null -w '%{http_code}'";
  const command = `curl -sS ${options} -- ${address}`;
  return {
    expect: codes === null ? (expect?.body === undefined ? expect : { stdout: expect.body }) : { stdout: { matches: `^(${codes.join('|')})$` } },
    keys: ['type', 'url', 'method', ...timeoutKey(provider)],
    body: (isProbe) => ({
      ...(isProbe ? { check: command } : { run: command }),
      on: experiment.builder.askedTarget(HOST_QUESTION),
      ...timeoutOf(provider),
    }),
  };
}

function requestOf(
  { headers, arguments: given }: Provider,
  { url, method }: { readonly url: string; readonly method: NonNullable<RawHttp['method']> },
  experiment: Experiment,
): RawHttp | null {
  const address = addressOf(url, method === 'GET' ? given : undefined, experiment);
  const named = headersOf(headers, experiment);
  if (address === null || named === null) return null;
  const body = method === 'GET' || given === undefined ? undefined : bodyOf(given, { named, experiment });
  if (body === null) return null;
  return {
    url: address,
    ...(method === 'GET' ? {} : { method }),
    ...(Object.keys(named).length === 0 && body?.headers === undefined ? {} : { headers: { ...named, ...body?.headers } }),
    ...(body === undefined ? {} : { body: body.value }),
  };
}

/** What a request of a runbook can take. */
const LONGEST_URL = 2_000;

function addressOf(url: string, query: unknown, experiment: Experiment): string | null {
  const pairs = query === undefined ? [] : isMap(query) ? Object.entries(query) : null;
  if (pairs === null || pairs.some(([, value]) => scalarText(value) === null)) return null;
  const added = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodedOutsidePlaces(scalarText(value) ?? '', experiment)}`).join('&');
  const whole = `${templateOf(url, experiment)}${added === '' ? '' : `${url.includes('?') ? '&' : '?'}${added}`}`;
  const isFit = /^https?:\/\/[^\s]+$/.test(whole) && whole.length <= LONGEST_URL && URL.canParse(whole.replaceAll(/\$\{\w+\}/g, 'x'));
  return isFit ? whole : null;
}

function encodedOutsidePlaces(text: string, experiment: Experiment): string {
  const parts = templateOf(text, experiment).split(/((?<!\$)\$\{\w+\})/);
  return parts.map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part.replaceAll('$${', '${')))).join('');
}

function headersOf(headers: unknown, experiment: Experiment): Readonly<Record<string, string>> | null {
  if (headers === undefined || headers === null) return {};
  if (!isMap(headers)) return null;
  const entries = Object.entries(headers).map(([name, value]) => [name, scalarText(value)] as const);
  if (entries.some(([name, value]) => value === null || /[\n\t]/.test(value) || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name))) return null;
  return Object.fromEntries(entries.map(([name, value]) => [name, templateOf(value ?? '', experiment)]));
}

/** As chaostoolkit does: JSON where a header says so, a form otherwise. */
function bodyOf(
  given: unknown,
  { named, experiment }: { readonly named: Readonly<Record<string, string>>; readonly experiment: Experiment },
): { readonly value: unknown; readonly headers?: Readonly<Record<string, string>> } | null {
  if (typeof given === 'string') return { value: templateOf(given, experiment) };
  if (!isMap(given) && !isList(given)) return null;
  const type = Object.entries(named).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.includes('json')) return { value: templated(given, experiment) };
  if (type !== '' || !isMap(given) || Object.values(given).some((value) => scalarText(value) === null)) return null;
  const form = Object.entries(given).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodedOutsidePlaces(scalarText(value) ?? '', experiment)}`,
  );
  return { value: form.join('&'), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

function templated(value: unknown, experiment: Experiment): unknown {
  if (typeof value === 'string') return templateOf(value, experiment);
  if (isList(value)) return value.map((item) => templated(item, experiment));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, templated(item, experiment)]));
}

/** One number, or one for the connection and one for the answer; in seconds. */
function timeoutOf({ timeout }: Provider): Pick<RawBody, 'timeout'> {
  const numbers = isList(timeout) ? timeout : [timeout];
  if (!numbers.every((number) => typeof number === 'number' && number > 0 && number < LONGEST_TIMEOUT_S)) return {};
  const ms = Math.ceil(numbers.reduce((sum: number, number) => sum + Number(number), 0) * 1_000);
  return ms === 0 ? {} : { timeout: writeDuration(ms) };
}

/** A day. */
const LONGEST_TIMEOUT_S = 86_400;

function timeoutKey(provider: Provider): readonly string[] {
  return timeoutOf(provider).timeout === undefined ? [] : ['timeout'];
}
