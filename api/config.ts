// Environment to a typed, frozen configuration; every wrong value is told in one sentence, and the caller does not start.
import { join, resolve } from 'node:path';
import { nearest } from './domain/runbook/nearest.ts';
import { readAllowedPlaces, type AllowedPlace } from './own-machine/allowed-places.ts';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const ROLES = ['all', 'api', 'worker'] as const;
/** What a process does: serves people, runs drills and keeps schedules, or both. */
export type Role = (typeof ROLES)[number];

export interface Config {
  readonly role: Role;
  /** How long a process that is silent keeps the drills that it has in hand. */
  readonly leaseMs: number;
  readonly host: string;
  readonly port: number;
  /** Absolute path. */
  readonly dataFolder: string;
  /** The SQLite file as an absolute path, or a `postgres://` URL. */
  readonly database: { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };
  readonly logLevel: LogLevel;
  readonly sshKeyFile: string;
  /** Absolute path, or null for no credential but Muster's own key. */
  readonly sshCredentialsFile: string | null;
  /** Socket of the ssh agent that this process was started with. */
  readonly sshAgentSocket: string | null;
  readonly runbooksFolder: string;
  /** Scheme, name and port that people type, without a slash at the end. */
  readonly publicUrl: string;
  /** True when the public URL was set by hand, so that another port does not change it. */
  readonly hasOwnPublicUrl: boolean;
  /** True when browsers reach Muster by https: cookies are then marked Secure. */
  readonly isTls: boolean;
  /** Where runbooks may send requests to; empty for everything but this machine and its own link. */
  readonly httpAllow: readonly AllowedPlace[];
  /** Whether runbooks may run commands on this machine. */
  readonly isLocalAllowed: boolean;
  /** Absolute path, or null for no channels but the drill's own record. */
  readonly channelsFile: string | null;
  /** May carry a password. */
  readonly smtpUrl: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const SETTINGS = [
  'MUSTER_PORT',
  'MUSTER_HOST',
  'MUSTER_DATA',
  'MUSTER_DATABASE',
  'MUSTER_LOG_LEVEL',
  'MUSTER_SSH_KEY',
  'MUSTER_SSH_CREDENTIALS',
  'MUSTER_RUNBOOKS',
  'MUSTER_PUBLIC_URL',
  'MUSTER_ALLOW_PLAIN_HTTP',
  'MUSTER_HTTP_ALLOW',
  'MUSTER_LOCAL_COMMANDS',
  'MUSTER_CHANNELS',
  'MUSTER_SMTP_URL',
  'MUSTER_ROLE',
  'MUSTER_LEASE_SECONDS',
] as const;
type Setting = (typeof SETTINGS)[number];

/** Three tries to prolong it fit in, and a worker that has ended is missed for half a minute at most. */
const LEASE_SECONDS = 30;
/** Shorter, and a busy machine would lose its drills to another one. */
const SHORTEST_LEASE_SECONDS = 3;
const LONGEST_LEASE_SECONDS = 300;
const DEFAULT_PORT = 4000;
const HIGHEST_PORT = 65_535;
const EVERY_ADDRESS: readonly string[] = ['0.0.0.0', '::', '[::]'];

/** The configuration, or every problem that keeps Muster from starting, each a sentence. Paths are resolved against the working folder. */
export function loadConfig(env: Environment): { readonly config: Config } | { readonly problems: readonly string[] } {
  const problems: string[] = unknownSettings(env);
  const read = (name: Setting, fallback: string): string => env[name]?.trim() || fallback;

  const port = readPort(read('MUSTER_PORT', String(DEFAULT_PORT)), problems);
  const host = read('MUSTER_HOST', '127.0.0.1');
  const dataFolder = resolve(read('MUSTER_DATA', './data'));
  const ownUrl = read('MUSTER_PUBLIC_URL', '');
  const publicUrl = ownUrl === '' ? urlAt(host, port) : readPublicUrl(ownUrl, problems);
  const config: Config = {
    leaseMs: readLeaseSeconds(read('MUSTER_LEASE_SECONDS', String(LEASE_SECONDS)), problems) * 1_000,
    role: readRole(read('MUSTER_ROLE', 'all'), problems),
    host,
    port,
    dataFolder,
    database: readDatabase(read('MUSTER_DATABASE', join(dataFolder, 'muster.db')), problems),
    logLevel: readLogLevel(read('MUSTER_LOG_LEVEL', 'info'), problems),
    sshKeyFile: resolve(read('MUSTER_SSH_KEY', join(dataFolder, 'ssh_key'))),
    sshCredentialsFile: read('MUSTER_SSH_CREDENTIALS', '') === '' ? null : resolve(read('MUSTER_SSH_CREDENTIALS', '')),
    sshAgentSocket: env['SSH_AUTH_SOCK']?.trim() || null,
    runbooksFolder: resolve(read('MUSTER_RUNBOOKS', './runbooks')),
    publicUrl,
    hasOwnPublicUrl: ownUrl !== '',
    isTls: publicUrl.startsWith('https:'),
    httpAllow: readHttpAllow(read('MUSTER_HTTP_ALLOW', ''), problems),
    isLocalAllowed: readYesNo('MUSTER_LOCAL_COMMANDS', read('MUSTER_LOCAL_COMMANDS', 'no'), problems),
    channelsFile: read('MUSTER_CHANNELS', '') === '' ? null : resolve(read('MUSTER_CHANNELS', '')),
    smtpUrl: readSmtpUrl(read('MUSTER_SMTP_URL', ''), problems),
  };
  refuseLonelyRole(config, problems);
  refuseUnnamedHost(config, problems);
  refusePlainHttp(config, read('MUSTER_ALLOW_PLAIN_HTTP', 'no'), problems);
  return problems.length > 0 ? { problems } : { config: Object.freeze(config) };
}

/** The same configuration on another port, as when the wanted one is taken. */
export function atPort(config: Config, port: number): Config {
  return Object.freeze({ ...config, port, publicUrl: config.hasOwnPublicUrl ? config.publicUrl : urlAt(config.host, port) });
}

/** True for names and addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

function unknownSettings(env: Environment): string[] {
  const known: readonly string[] = SETTINGS;
  return Object.keys(env)
    .filter((name) => name.startsWith('MUSTER_') && !known.includes(name))
    .map((name) => `${name} is not a setting of Muster.${suggestion(name)}`);
}

function suggestion(name: string): string {
  const found = nearest(name, SETTINGS);
  return found === null ? ` Settings are ${SETTINGS.join(', ')}.` : ` Did you mean ${found}?`;
}

function readPort(text: string, problems: string[]): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= HIGHEST_PORT) return port;
  problems.push(`MUSTER_PORT is "${text}". Give a whole number from 1 to ${HIGHEST_PORT}.`);
  return DEFAULT_PORT;
}

function readRole(text: string, problems: string[]): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) problems.push(`MUSTER_ROLE is "${text}". Give one of ${ROLES.join(', ')}.`);
  return role ?? 'all';
}

function readLeaseSeconds(text: string, problems: string[]): number {
  const seconds = Number(text);
  if (/^\d{1,3}$/.test(text) && seconds >= SHORTEST_LEASE_SECONDS && seconds <= LONGEST_LEASE_SECONDS) return seconds;
  problems.push(`MUSTER_LEASE_SECONDS is "${text}". Give a whole number from ${SHORTEST_LEASE_SECONDS} to ${LONGEST_LEASE_SECONDS}.`);
  return LEASE_SECONDS;
}

/** One process alone has the SQLite file, so it must do everything. */
function refuseLonelyRole({ role, database }: Config, problems: string[]): void {
  if (role === 'all' || database.kind !== 'sqlite') return;
  problems.push(`MUSTER_ROLE is ${role}, and SQLite has room for one process only. Leave it out, or set MUSTER_DATABASE to a postgres:// URL.`);
}

function readLogLevel(text: string, problems: string[]): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) problems.push(`MUSTER_LOG_LEVEL is "${text}". Give one of ${LOG_LEVELS.join(', ')}.`);
  return level ?? 'info';
}

/** The value may carry a password, so the sentences never repeat it. */
function readDatabase(text: string, problems: string[]): Config['database'] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'sqlite', file: resolve(text) };
  if (!/^postgres(ql)?:\/\//i.test(text))
    problems.push('MUSTER_DATABASE is a URL of another kind. Give the path of an SQLite file, or a postgres:// URL.');
  else if (!URL.canParse(text) || new URL(text).pathname.length < 2)
    problems.push('MUSTER_DATABASE is not a complete URL. Write it as postgres://user:password@host:5432/name.');
  return { kind: 'postgres', url: withoutName(text) };
}

/** Each process names its connections itself, and knows by the name what it has announced: one in the URL would take its place. */
function withoutName(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.searchParams.has('application_name') !== true) return text;
  url.searchParams.delete('application_name');
  return url.href;
}

function readPublicUrl(text: string, problems: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOriginOnly = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url !== null && isOriginOnly && ['http:', 'https:'].includes(url.protocol)) return url.origin;
  problems.push(`MUSTER_PUBLIC_URL is "${text}". Give scheme, name and port only, such as https://muster.example.org.`);
  return 'http://localhost';
}

function readYesNo(name: Setting, text: string, problems: string[]): boolean {
  if (text !== 'yes' && text !== 'no') problems.push(`${name} is "${text}". Give yes or no.`);
  return text === 'yes';
}

function readHttpAllow(list: string, problems: string[]): readonly AllowedPlace[] {
  const read = readAllowedPlaces(list);
  const hasAny = 'places' in read && (read.places.length > 0 || list === '');
  if (!hasAny) {
    const named = 'wrong' in read ? read.wrong : list;
    problems.push(`MUSTER_HTTP_ALLOW names "${named}". Give host or host:port, separated by commas; * stands for one label of a name.`);
  }
  return 'places' in read ? read.places : [];
}

/** The value may carry a password, so the sentence never repeats it. */
function readSmtpUrl(text: string, problems: string[]): string | null {
  if (text === '') return null;
  if (!isSmtpUrl(text))
    problems.push('MUSTER_SMTP_URL is no address of a mail server. Write it as smtps://user:password@host:465 or smtp://host:587.');
  return text;
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isEncoded = !/%(?![0-9a-f]{2})/i.test(username + password);
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && isEncoded;
}

/** Listening on every address tells nobody what to type, and pages are only answered at the address that is known. */
function refuseUnnamedHost(config: Config, problems: string[]): void {
  if (!EVERY_ADDRESS.includes(config.host) || config.hasOwnPublicUrl) return;
  problems.push(`MUSTER_HOST is ${config.host}, every address of this machine. Set MUSTER_PUBLIC_URL to the one that people type.`);
}

function refusePlainHttp(config: Config, allowed: string, problems: string[]): void {
  const isAllowed = readYesNo('MUSTER_ALLOW_PLAIN_HTTP', allowed, problems);
  const isLocal = isLoopback(config.host) && isLoopback(new URL(config.publicUrl).hostname);
  if (isAllowed || config.isTls || isLocal) return;
  problems.push(
    `Others could reach Muster at ${config.host} (${config.publicUrl}) without TLS, and passwords and session cookies would travel in the clear. ` +
      'Put a TLS proxy in front and set MUSTER_PUBLIC_URL to its https:// address, listen on 127.0.0.1, or set MUSTER_ALLOW_PLAIN_HTTP=yes to accept it.',
  );
}

function urlAt(host: string, port: number): string {
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
