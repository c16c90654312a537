// `npm start`: reads the configuration, starts the app, says where it is, and ends it in good order.
import 'reflect-metadata';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { appRoot, appVersion } from './app-root.ts';
import { needsFirstAdmin } from './application/first-run.ts';
import { composeMuster, StartError, type Muster } from './compose.ts';
import { loadConfig, type Config } from './config.ts';
import { DatabaseError } from './db/database-error.ts';
import { loadRunbooks } from './load-runbooks.ts';
import { createLog } from './log.ts';
import { ownSshKey, type OwnSshKey } from './ssh/own-ssh-key.ts';
import { untilStopped } from './until-stopped.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  const loaded = loadConfig(process.env);
  if ('problems' in loaded) return refuse(loaded.problems);
  const { config } = loaded;
  const log = createLog(config.logLevel);
  const key = await readKey(config.sshKeyFile);
  if (key.isNew) say(`Made the SSH key ${config.sshKeyFile}. Put ${config.sshKeyFile}.pub into authorized_keys on the hosts.`);
  const settings = { config, log, version: appVersion(), isDemo: false, sshKey: key.privateKey, webFolder: join(appRoot(), 'web', 'dist') };
  const stopped = untilStopped();
  const muster = await composeMuster(settings);
  if (await exists(config.runbooksFolder)) await loadRunbooks(muster.app, config.runbooksFolder, log);
  const opened = await muster.open(1);
  if (opened.kind === 'refused') {
    await muster.stop();
    return refuse([opened.reason]);
  }
  await greet(muster, config, opened.url);
  await stopped;
  await muster.stop();
  return 0;
}

async function readKey(file: string): Promise<OwnSshKey> {
  try {
    return await ownSshKey(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`The SSH key ${file} can neither be read nor made (${why}). Set MUSTER_SSH_KEY to a file that can.`, { cause });
  }
}

async function greet(muster: Muster, config: Config, url: string): Promise<void> {
  say(`Muster is open at ${url}`);
  if (config.role === 'worker' || !(await needsFirstAdmin(muster.app))) return;
  const token = await muster.firstRun.create();
  say(`There is no account yet. Make the first administrator here, once: ${url}/setup#token=${token}`);
  say(`(The token is in ${muster.firstRun.path} too. ${config.isTls ? '' : 'Muster is served without TLS: use it on this machine alone.'})`);
}

function refuse(reasons: readonly string[]): number {
  for (const reason of reasons) process.stderr.write(`${reason}\n`);
  return 1;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof DatabaseError || error instanceof StartError)) throw error;
  process.exitCode = refuse([error.message]);
}
