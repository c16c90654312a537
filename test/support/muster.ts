// Muster as a whole for tests: every real part of it, composed in this process over a folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Actor, Role } from '../../api/application/access.ts';
import type { App } from '../../api/application/app.ts';
import { applyPortfolio } from '../../api/application/import-portfolio.ts';
import { actorFrom, startSession } from '../../api/application/sessions.ts';
import { storeRunbooks } from '../../api/application/store-runbooks.ts';
import { composeMuster, type Muster } from '../../api/compose.ts';
import { loadConfig, type Config } from '../../api/config.ts';
import type { StatementRun } from '../../api/db/open-database.ts';
import { parseRunbook } from '../../api/domain/runbook/parse-runbook.ts';
import { parsePortfolio } from '../../api/import/portfolio/parse-portfolio.ts';
import { createLog } from '../../api/log.ts';
import { ownSshKey } from '../../api/ssh/own-ssh-key.ts';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import type { TestHost } from './sshd.ts';

/** What the database holds before the app opens. */
export interface MusterContent {
  /** The portfolio file as YAML. */
  readonly portfolio: string;
  /** Runbooks as YAML, by key. All are approved unless `unapproved` names them. */
  readonly runbooks?: Readonly<Record<string, string>>;
  readonly unapproved?: readonly string[];
  /** Each person's roles, by account name. */
  readonly people?: Readonly<Record<string, readonly Role[]>>;
}

export interface MusterOptions extends MusterContent {
  /** Private key that the hosts let in; without it, no host can be reached. */
  readonly sshKey?: string;
  /** An SQLite file in the folder unless given. */
  readonly postgresUrl?: string;
}

export interface TestMuster {
  readonly app: App;
  readonly muster: Muster;
  readonly url: string;
  readonly folder: string;
  readonly config: Config;
  /** Statements run since `statements.length` was set to 0. */
  readonly statements: StatementRun[];
  /** What was logged as a warning or an error, as text. */
  readonly logged: readonly string[];
  /** Nobody signed in. */
  readonly nobody: GraphqlClient;
  /** A session of this person, made without typing a password. */
  as(name: string): Promise<GraphqlClient>;
  actor(name: string): Promise<Actor>;
  /** Stores a runbook and gives the hash of its revision. */
  addRunbook(text: string, approvedBy: string | null): Promise<string>;
  stop(): Promise<void>;
}

/** What every account's password is, for tests that type it. */
export const PASSWORD = 'correct horse battery staple';

type Fillable = Pick<App, 'database' | 'clock' | 'passwords'>;

/** Who stands as author and as approver of runbooks: people without an account. */
const AUTHOR = 'test author';
const APPROVER = 'test approver';

export async function startMuster(options: MusterOptions): Promise<TestMuster> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-whole-'));
  const statements: StatementRun[] = [];
  const logged: string[] = [];
  const webFolder = join(folder, 'web');
  const config = configOf(folder, options);
  const muster = await composeMuster({
    config,
    log: createLog('warn', collecting(logged)),
    version: '0.0.0-test',
    isDemo: false,
    sshKey: options.sshKey ?? (await ownSshKey(config.sshKeyFile)).privateKey,
    webFolder,
    onStatement: (run) => statements.push(run),
  });
  const { app } = muster;
  await fillMuster(app, options);
  const opened = await muster.open(1);
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const clients: GraphqlClient[] = [];
  const client = (secret: string | null): GraphqlClient => {
    const made = graphqlClient(opened.url, secret);
    clients.push(made);
    return made;
  };
  return {
    app,
    muster,
    url: opened.url,
    folder,
    config,
    statements,
    logged,
    nobody: client(null),
    as: async (name) => client(await app.database.write((stores) => startSession(stores, name, app.clock()))),
    actor: async (name) => {
      const account = await app.database.stores.accounts.find(name);
      if (account === null) throw new Error(`there is no account ${name}`);
      return actorFrom(account);
    },
    addRunbook: (text, approvedBy) => addRunbook(app, text, approvedBy),
    async stop() {
      for (const one of clients) await one.close();
      await muster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lines for `hosts:` of a portfolio: the servers as they are, pinned unless said otherwise. */
export function hostLines(hosts: readonly TestHost[], pins: Readonly<Record<string, readonly string[]>> = {}): string {
  const lines = hosts.map(({ host: { key, address, port, user, hostKeys } }) => {
    const keys = (pins[key] ?? hostKeys).map((one) => `"${one}"`).join(', ');
    return `  - { key: ${key}, address: ${address}, port: ${port}, user: ${user}, hostKeys: [${keys}] }`;
  });
  return ['hosts:', ...lines].join('\n');
}

/** From the same settings as `npm start`, on any free port. */
function configOf(folder: string, { postgresUrl }: MusterOptions): Config {
  const database = postgresUrl === undefined ? {} : { MUSTER_DATABASE: postgresUrl };
  const loaded = loadConfig({ MUSTER_DATA: join(folder, 'data'), ...database });
  if ('problems' in loaded) throw new Error(loaded.problems.join('\n'));
  return { ...loaded.config, port: 0 };
}

export async function fillMuster(app: Fillable, { portfolio, runbooks = {}, unapproved = [], people = {} }: MusterContent): Promise<void> {
  const parsed = parsePortfolio(portfolio, 'portfolio.yaml');
  const applied = await applyPortfolio(app, null, parsed);
  if (!applied.ok) throw new Error(JSON.stringify(parsed.problems, null, 1));
  // One hash for everybody: hashing is meant to be slow.
  const passwordHash = await app.passwords.hash(PASSWORD);
  for (const [name, roles] of Object.entries(people)) {
    const account = { name, displayName: `The ${name}`, roles, passwordHash, isDisabled: false, createdAt: app.clock() };
    await app.database.write((stores) => stores.accounts.create(account));
  }
  for (const [key, text] of Object.entries(runbooks)) await addRunbook(app, text, unapproved.includes(key) ? null : APPROVER);
}

async function addRunbook(app: Fillable, text: string, approvedBy: string | null): Promise<string> {
  const { runbook, problems } = parseRunbook(text, 'runbook.yaml', new Map());
  if (runbook === null) throw new Error(JSON.stringify(problems, null, 1));
  const [added] = await storeRunbooks(app, AUTHOR, [{ runbook, source: text }]);
  if (added === undefined) throw new Error(`${runbook.key} is known in this form already`);
  if (approvedBy !== null) await app.database.write((stores) => stores.runbooks.approve(added.hash, app.clock(), approvedBy));
  return added.hash;
}

function collecting(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
