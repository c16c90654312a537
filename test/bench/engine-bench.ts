// `npm run bench:engine`: Muster, a bare ssh2 loop and whatever peers are installed run the same commands on the same OpenSSH servers, in turn, round by round.
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { testHosts } from '../support/sshd.ts';
import { bareLoop } from './engine/bare-loop.ts';
import { musterDurable, musterLight } from './engine/muster-engine.ts';
import { peakMemory } from './engine/peak-memory.ts';
import { peers } from './engine/peers.ts';
import { WORKLOADS, type Contender, type Fleet, type Workload } from './engine/work.ts';

/**
 * Hosts have disks of their own. On the disk of the database each of its commits, which waits for the disk, would make the servers wait
 * as well, and a durable step, which leaves files on its host, would seem to cost twice as much.
 */
const IN_MEMORY = '/dev/shm';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    workload: { type: 'string', default: WORKLOADS.map(({ id }) => id).join(',') },
    only: { type: 'string', default: '' },
    hosts: { type: 'string', default: existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir() },
  },
});

const wanted = WORKLOADS.filter(({ id }) => values.workload.split(',').includes(id));
const everyone = [bareLoop, musterLight, musterDurable, ...peers()];
const taking = everyone.filter((one) => one === bareLoop || new RegExp(values.only).test(one.name));
const servers = testHosts(values.hosts);
process.stdout.write(`Homes of the hosts in ${values.hosts}, the database in ${tmpdir()}, ${values.rounds} rounds\n`);
try {
  const count = Math.max(...wanted.map(({ hosts }) => hosts));
  const hosts = [];
  for (let index = 1; index <= count; index += 1) hosts.push(await servers.add(`h${index}`, [], 'ed25519', { isDirect: true }));
  const fleet: Fleet = { hosts, privateKey: servers.privateKey, folder: servers.folder };
  for (const workload of wanted) await compare(fleet, workload);
} finally {
  await servers.close();
}

async function compare(fleet: Fleet, workload: Workload): Promise<void> {
  process.stdout.write(`\n${workload.title}\n`);
  const contenders = taking.filter((one) => one.workloads.has(workload.id));
  const times = new Map<Contender, number[]>(contenders.map((one) => [one, []]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const one of contenders) times.get(one)?.push(await one.run(fleet, workload));
  }
  const unit = times.get(bareLoop) ?? [];
  for (const [{ name }, taken] of times) {
    // Each round has its own unit, so that a machine that becomes slower does so for both.
    const ratios = taken.map((time, round) => time / (unit[round] ?? Number.NaN));
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    process.stdout.write(
      `  ${name.padEnd(28)} ${median(taken).toFixed(2).padStart(8)} s   x ${median(ratios).toFixed(2).padStart(6)}   (${spread})\n`,
    );
  }
  process.stdout.write(`  memory of Muster in a process of its own, at most: ${await peakMemory(fleet, workload)} MB\n`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
