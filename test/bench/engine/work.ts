// What is measured: the same commands on the same hosts, by everyone who takes part.
import type { TestHost } from '../../support/sshd.ts';

export interface Fleet {
  readonly hosts: readonly TestHost[];
  readonly privateKey: string;
  /** Holds the keys of the hosts and of the client. */
  readonly folder: string;
}

export interface Workload {
  readonly id: 'one-host' | 'many-hosts' | 'fan-out' | 'flood';
  readonly title: string;
  readonly hosts: number;
  /** One after another on each host. */
  readonly commands: number;
  readonly command: string;
  /** Bytes that each host prints. */
  readonly output: number;
}

const FLOOD_BYTES = 50 * 1_024 * 1_024;

export const WORKLOADS: readonly Workload[] = [
  { id: 'one-host', title: '1 host x 200 commands in sequence', hosts: 1, commands: 200, command: '/bin/true', output: 0 },
  { id: 'many-hosts', title: '20 hosts x 50 commands in sequence', hosts: 20, commands: 50, command: '/bin/true', output: 0 },
  { id: 'fan-out', title: '50 hosts x 1 command', hosts: 50, commands: 1, command: '/bin/true', output: 0 },
  {
    id: 'flood',
    title: '1 host x 50 MB of output',
    hosts: 1,
    commands: 1,
    command: `yes '2026-11-24T02:50:00Z step=restore level=info msg="copied block" bytes=65536 ok' | head -c ${FLOOD_BYTES}`,
    output: FLOOD_BYTES,
  },
];

export interface Contender {
  readonly name: string;
  readonly workloads: ReadonlySet<Workload['id']>;
  /** Runs the workload once and gives the seconds that it took. Throws when a command failed. */
  run(fleet: Fleet, workload: Workload): Promise<number>;
}

export async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
