// `npm run demo`: the practice range, the demo portfolio and the app, started together and ended together.
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appRoot, appVersion } from '../app-root.ts';
import { composeMuster, type Muster } from '../compose.ts';
import { loadConfig, type Config, type Environment } from '../config.ts';
import { DatabaseError } from '../db/database-error.ts';
import { parsePortfolio } from '../import/portfolio/parse-portfolio.ts';
import { loadRunbooks } from '../load-runbooks.ts';
import { createLog, type Log } from '../log.ts';
import { untilStopped } from '../until-stopped.ts';
import { COORDINATOR, demoAccounts, LEDGER_OWNER } from './demo-accounts.ts';
import { approveShipped, fillPortfolio, lookAtRange, pinRangeHosts, scheduleDemoDrill } from './demo-data.ts';
import { openDemoFolder } from './demo-folder.ts';
import { registerSites, startDemoSites } from './demo-sites.ts';
import { readDemoOptions, type DemoOptions } from './demo-options.ts';
import { openBrowser } from './open-browser.ts';
import { startRange, type Range } from './range/range.ts';
import type { Sites } from './range/sites/sites.ts';
import { runOnce } from './run-once.ts';

/** How many ports are tried when the wanted one is taken. */
const PORTS_TRIED = 20;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(options: DemoOptions): Promise<number> {
  const loaded = loadConfig(demoEnvironment(process.env, options));
  if ('problems' in loaded) return refuse(loaded.problems);
  const { config } = loaded;
  const stopped = untilStopped();
  await openDemoFolder(config.dataFolder, options.isReset);
  const range = await startRange({ folder: join(config.dataFolder, 'range'), log: say });
  try {
    say(`Practice range: ${range.hosts.length} hosts over ${range.kind === 'openssh' ? 'OpenSSH' : 'built-in SSH servers'} on loopback.`);
    const clientKeyPath = join(config.dataFolder, 'range', 'client-key');
    const sites = options.hasSites ? await startDemoSites({ dataFolder: config.dataFolder, clientKeyPath, say }) : null;
    try {
      return await runApp({ config, range, sites, options, stopped });
    } finally {
      await sites?.stop();
    }
  } finally {
    await range.stop();
  }
}

interface Demo {
  readonly config: Config;
  readonly range: Range;
  /** Null without them. */
  readonly sites: Sites | null;
  readonly options: DemoOptions;
  readonly stopped: Promise<unknown>;
}

async function runApp({ config, range, sites, options, stopped }: Demo): Promise<number> {
  const log = createLog(config.logLevel);
  const webFolder = join(appRoot(), 'web', 'dist');
  const muster = await composeMuster({ config, log, version: appVersion(), isDemo: true, sshKey: range.clientKey, webFolder });
  try {
    const { password } = await prepare(muster, { config, range, sites, log });
    const opened = await muster.open(PORTS_TRIED);
    if (opened.kind === 'refused') return refuse([opened.reason]);
    await lookAtRange(
      muster.app,
      range.hosts.map(({ key }) => key),
    );
    for (const port of opened.takenPorts) say(`Port ${port} is in use by another program; trying the next.`);
    if (options.isOnce) return await Promise.race([runOnce(muster.app, say).then((isGood) => (isGood ? 0 : 1)), stopped.then(() => 1)]);
    welcome(opened.url, password);
    openBrowser(opened.url);
    await stopped;
    say('Stopping …');
    return 0;
  } finally {
    await muster.stop();
  }
}

type Prepared = Pick<Demo, 'config' | 'range' | 'sites'> & { readonly log: Log };

async function prepare(muster: Muster, { config, range, sites, log }: Prepared): Promise<{ password: string }> {
  const { app } = muster;
  const file = join(appRoot(), 'api', 'demo', 'portfolio.yaml');
  await fillPortfolio(app, parsePortfolio(await readFile(file, 'utf8'), file));
  await pinRangeHosts(app, range.hosts);
  const accounts = await demoAccounts(app, { dataFolder: config.dataFolder });
  await loadRunbooks(app, config.runbooksFolder, log);
  await approveShipped(app);
  if (sites !== null) await registerSites(app, sites);
  await scheduleDemoDrill(app);
  return accounts;
}

/** The demo has a data folder of its own, says little, and leaves to the range what is the range's. */
function demoEnvironment(env: Environment, { port, hasSites }: DemoOptions): Environment {
  const { MUSTER_RANGE: _range, ...rest } = env;
  return {
    MUSTER_DATA: join(appRoot(), 'data', 'demo'),
    MUSTER_RUNBOOKS: join(appRoot(), 'runbooks'),
    MUSTER_LOG_LEVEL: 'warn',
    // Runbooks ask the services of the two sites, which are on this machine.
    ...(hasSites ? { MUSTER_HTTP_ALLOW: '127.0.0.1' } : {}),
    ...rest,
    ...(port === null ? {} : { MUSTER_PORT: String(port) }),
  };
}

function welcome(url: string, password: string): void {
  say('');
  say(`  Muster is open at  ${url}`);
  say(`  Sign in as         ${COORDINATOR}  (or ${LEDGER_OWNER}, payments-duty, internal-auditor, demo-admin)`);
  say(`  Password           ${password}`);
  say('');
  say('  Open the service Ledger and press “Start drill”. Ctrl-C stops everything.');
}

function refuse(reasons: readonly string[]): number {
  for (const reason of reasons) process.stderr.write(`${reason}\n`);
  return 1;
}

try {
  process.exitCode = await run(readDemoOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof DatabaseError) && !(error instanceof Error)) throw error;
  process.exitCode = refuse([error.message]);
}
