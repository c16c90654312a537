// Puts the app together from its parts; `npm start` and the demo differ only in what they hand in.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assessReadiness, assessWhenDrillsEnd } from './application/assess-readiness.ts';
import type { Abilities, App } from './application/app.ts';
import { createDrillJournal } from './application/drill-journal.ts';
import { createInProcessBus } from './application/in-process-bus.ts';
import type { Bus, Clock, RemoteHosts, Seals } from './application/ports.ts';
import { readOutput } from './application/read-output.ts';
import { relayOthers } from './application/relay-others.ts';
import { actorOf } from './application/sessions.ts';
import { createSignInLimits } from './application/sign-in.ts';
import type { Post } from './application/send-schedule-alerts.ts';
import type { WorkQueue } from './application/work.ts';
import { watchStorage, type WatchedStorage } from './application/watch-storage.ts';
import { doWork, openQueue } from './compose-work.ts';
import { atPort, type Config } from './config.ts';
import { openDatabase, type StatementRun } from './db/open-database.ts';
import { createDrillEngine } from './engine/drill-engine.ts';
import { createHandOut } from './engine/hand-out.ts';
import { makeSchema } from './graphql/schema.ts';
import { startGraphql, type GraphqlServer } from './graphql/server.ts';
import { firstRunTokenFile, type FirstRunTokenFile } from './http/first-run-token-file.ts';
import { isSameOrigin } from './http/same-origin.ts';
import { createHttp, type Http } from './http/server.ts';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './http/session-cookie.ts';
import { importRunbook } from './import/runbook-import.ts';
import type { Log } from './log.ts';
import { ChannelsError, openChannels, type Channels } from './notify/channels.ts';
import { createOwnMachine, type ClosableMachine } from './own-machine/own-machine.ts';
import { isGone, ownHolder } from './own-process.ts';
import { argon2Passwords } from './passwords/argon2.ts';
import { secretKey, SecretKeyError } from './secrets/key-file.ts';
import { createSeals } from './secrets/seals.ts';
import type { NamedCredentials } from './ssh/credentials.ts';
import { CredentialsError, openCredentials } from './ssh/open-credentials.ts';
import { createRemoteHosts } from './ssh/remote-hosts.ts';

export interface MusterSettings {
  readonly config: Config;
  readonly log: Log;
  readonly version: string;
  readonly isDemo: boolean;
  /** Private key that Muster logs in to hosts with. */
  readonly sshKey: string;
  /** Absolute path of the built web app. */
  readonly webFolder: string;
  /** Told of every statement that the database runs, for whoever counts them or looks for slow ones. */
  readonly onStatement?: (run: StatementRun) => void;
}

export interface Muster {
  readonly app: App;
  readonly firstRun: FirstRunTokenFile;
  /** Scores, drills that were under way and schedules first; requests after that. Tries the next ports when `triesPorts` is more than one. */
  open(triesPorts: number): Promise<Opened>;
  /** Lets requests end, leaves drills as they are for the next start, closes the database. */
  stop(): Promise<void>;
}

export type Opened =
  | { readonly kind: 'open'; readonly url: string; readonly port: number; readonly takenPorts: readonly number[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** What keeps Muster from starting and an operator can mend; the message is a sentence for them. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/**
 * Opens the database and brings it up to date. Throws a DatabaseError when that cannot be, and a StartError when the SSH key is none, or when
 * the key of secrets, the channels or the credentials cannot be used.
 */
export async function composeMuster(settings: MusterSettings): Promise<Muster> {
  const { config, log } = settings;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const { credentials, ...own } = await ownParts(config);
  const parts = { remote: remoteHosts(settings, credentials), ...own };
  if (config.database.kind === 'sqlite') await mkdir(dirname(config.database.file), { recursive: true, mode: 0o700 });
  const database = await openDatabase(config.database, settings.onStatement);
  await database.migrate();
  const storage = watchStorage(database, { clock: Date.now, log });
  const queue = await openQueue(settings);
  const app = composeApp(settings, { storage, queue, ...parts });
  const firstRun = firstRunTokenFile(config.dataFolder);
  const stops: (() => Promise<void> | void)[] = [];
  return {
    app,
    firstRun,
    async open(triesPorts) {
      stops.push(assessWhenDrillsEnd(app, (error) => log.error({ err: error }, 'Readiness could not be assessed after a drill.')));
      await assessReadiness(app);
      stops.push(relayOthers({ database, bus: app.bus, onError: (error) => log.error({ err: error }, 'What others stored could not be read.') }));
      await app.engine.recover();
      const door = await openDoor({ settings, app, firstRun }, triesPorts);
      if (door.kind === 'refused') return door;
      const work = config.role === 'api' ? null : await doWork(settings, { app, queue, post: parts.post });
      stops.push(
        () => work?.stop(),
        () => door.graphql?.stop(),
        () => door.http.close(),
      );
      return { kind: 'open', url: door.url, port: door.port, takenPorts: door.takenPorts };
    },
    async stop() {
      for (const stop of stops) await stop();
      await app.engine.stop();
      await queue.stop();
      parts.ownMachine.close();
      await app.remote.close();
      storage.stop();
      await database.close();
    },
  };
}

function remoteHosts({ config, sshKey }: MusterSettings, credentials: NamedCredentials): RemoteHosts {
  try {
    return createRemoteHosts({ credential: { privateKey: sshKey }, credentials });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${why}. Set MUSTER_SSH_KEY to a private key without a passphrase; it is ${config.sshKeyFile} now.`, { cause });
  }
}

interface OwnParts {
  readonly seals: Seals;
  readonly ownMachine: ClosableMachine;
  readonly abilities: Abilities;
  readonly credentials: NamedCredentials;
  readonly post: Post;
}

/** What this installation brings along beside its hosts and its database. */
async function ownParts(config: Config): Promise<OwnParts> {
  const { dataFolder, channelsFile, smtpUrl, httpAllow, isLocalAllowed, sshCredentialsFile, sshAgentSocket } = config;
  try {
    const seals = createSeals(await secretKey(dataFolder));
    const channels: Channels = await openChannels({ file: channelsFile, smtpUrl });
    const ownMachine = createOwnMachine({ places: httpAllow, isLocalAllowed, post: channels.post });
    const credentials = await openCredentials({ file: sshCredentialsFile, agentSocket: sshAgentSocket, open: (sealed) => seals.open(sealed) });
    const abilities = { isLocalAllowed, channels: channels.names, credentials: new Set(credentials.keys()) };
    return { seals, ownMachine, abilities, credentials, post: channels.post };
  } catch (cause) {
    if (!(cause instanceof SecretKeyError || cause instanceof ChannelsError || cause instanceof CredentialsError)) throw cause;
    throw new StartError(cause.message, { cause });
  }
}

interface AppParts extends Omit<OwnParts, 'credentials'> {
  readonly storage: WatchedStorage;
  readonly queue: WorkQueue;
  readonly remote: RemoteHosts;
}

function composeApp({ config, log }: MusterSettings, parts: AppParts): App {
  const { storage, queue, remote, ownMachine, seals, abilities } = parts;
  const { database } = storage;
  const clock: Clock = Date.now;
  const bus: Bus = createInProcessBus((error, topic) => log.error({ err: error, topic }, 'A listener failed.'));
  const isAlone = config.database.kind === 'sqlite';
  const leases = { holder: ownHolder(), isAlone, isGone, leaseMs: config.leaseMs };
  const journal = createDrillJournal({ database, clock, bus, isShared: !isAlone });
  const handOut = (drill: string): void => {
    // Should this fail, a worker that has the drill looks at it when it prolongs its lease, and one that nobody has is found by all of them then.
    const onError = (error: unknown): void =>
      log.error({ err: error, drill }, 'A drill could not be handed to the workers; they look for it themselves.');
    void queue.add({ task: 'take-drill', drill }).catch(onError);
  };
  const engine =
    config.role === 'api'
      ? createHandOut(handOut)
      : createDrillEngine({ journal, database, remote, ownMachine, seals, clock, bus, log, leases, handOut });
  return { database, storage, journal, engine, remote, passwords: argon2Passwords(), seals, abilities, bus, clock };
}

interface Doorway {
  readonly settings: MusterSettings;
  readonly app: App;
  readonly firstRun: FirstRunTokenFile;
}

type Door =
  | {
      readonly kind: 'open';
      readonly http: Http;
      /** Null where people are not served. */
      readonly graphql: GraphqlServer | null;
      readonly url: string;
      readonly port: number;
      readonly takenPorts: readonly number[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

async function openDoor(doorway: Doorway, triesPorts: number): Promise<Door> {
  const { config } = doorway.settings;
  const takenPorts: number[] = [];
  for (let port = config.port; port < config.port + triesPorts; port += 1) {
    const http = httpFor(doorway);
    const listening = await http.listen(port);
    if (listening.kind === 'refused') {
      const remedy = 'Set MUSTER_HOST to an address of this machine, and MUSTER_PORT to a port that its user may take.';
      return { kind: 'refused', reason: `Muster cannot listen at ${config.host}, port ${port} (${listening.message}). ${remedy}` };
    }
    if (listening.kind === 'in-use') {
      takenPorts.push(port);
      continue;
    }
    const graphql = servesPeople(config) ? await graphqlFor(doorway, http) : null;
    if (graphql !== null) http.graphql.use(graphql.middleware);
    return { kind: 'open', http, graphql, url: listening.url, port: listening.port, takenPorts };
  }
  return { kind: 'refused', reason: `Port ${takenPorts.join(', ')} is in use by another program. Stop it, or set MUSTER_PORT to a free port.` };
}

function servesPeople({ role }: Config): boolean {
  return role !== 'worker';
}

function httpFor({ settings, app }: Doorway): Http {
  const { config, log, webFolder } = settings;
  return createHttp({
    host: config.host,
    isTls: config.isTls,
    servesPeople: servesPeople(config),
    publicUrlAt: (port) => atPort(config, port).publicUrl,
    webFolder,
    log,
    ping: () => app.database.stores.accounts.count(),
    readRawOutput: async (secret, asked) => readOutput(app, await actorOf(app, secret), asked),
    storage: app.storage,
  });
}

async function graphqlFor({ settings, app, firstRun }: Doorway, http: Http): Promise<GraphqlServer> {
  const { config, log, version, isDemo } = settings;
  const parts = {
    app,
    about: { version, isDemo, isTls: config.isTls },
    firstRun,
    signInLimits: createSignInLimits(),
    readProcedure: importRunbook,
    schema: await makeSchema(),
    isProduction: process.env.NODE_ENV !== 'development',
    report: (id: string, error: unknown) => log.error({ id, err: error }, 'A request failed for a reason that nobody expected.'),
    readSession: (request: Parameters<typeof readSessionCookie>[0]) => readSessionCookie(request, config.isTls),
    writeSession: (response: Parameters<typeof clearSessionCookie>[0], secret: string | null) =>
      secret === null ? clearSessionCookie(response, config.isTls) : writeSessionCookie(response, config.isTls, secret),
    actorOf: (secret: string | null) => actorOf(app, secret),
    isOwnPage: (request: { headers: Parameters<typeof isSameOrigin>[0] }) => isSameOrigin(request.headers, http.origins()),
  };
  return startGraphql(parts, http.server);
}
