// Runs the practice range by itself, beside an app that is not the demo: `node dist/api/demo/range/serve.js <folder>`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startRange, type Range } from './range.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function serve(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('Name the folder that the practice range may use: serve.js <folder>');
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  const range = await startRange({ folder, log: say });
  const file = join(folder, 'portfolio.yaml');
  writeFileSync(file, stringify(portfolioOf(range)));
  for (const host of range.hosts) say(`${host.key}: ssh -p ${host.port} ${host.user}@${host.address}, host key ${host.hostKey}`);
  say(`The key that may log in is ${join(folder, 'client-key')}; name it in MUSTER_SSH_KEY.`);
  say(`To register these hosts, while the app is stopped: muster import --apply ${file}`);
  // Signals alone do not keep a process alive.
  const alive = setInterval(() => undefined, 60_000);
  await stopped;
  clearInterval(alive);
  await range.stop();
}

/** The hosts and the one service on them, ready to be imported. */
function portfolioOf(range: Range): object {
  const sites = new Map([
    ['ledger-a', 'hamburg'],
    ['ledger-b', 'munich'],
    ['ledger-gate', 'munich'],
  ]);
  return {
    sites: [{ key: 'hamburg' }, { key: 'munich' }],
    hosts: range.hosts.map(({ key, address, port, user, hostKey }) => ({ key, address, port, user, site: sites.get(key), hostKeys: [hostKey] })),
    services: [{ key: 'ledger', name: 'Ledger', tier: 1, operatedBy: 'it', hosts: range.hosts.map(({ key }) => key) }],
  };
}

try {
  await serve(process.argv[2]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
