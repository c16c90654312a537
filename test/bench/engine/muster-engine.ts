// Muster as it runs drills: plan, reducer, a journal on disk with every commit synced, and its SSH. Only the web page is missing.
import { setTimeout as delay } from 'node:timers/promises';
import { planHash, type Plan, type PlanStep } from '../../../api/domain/drill/plan.ts';
import { databaseFile } from '../../support/database-file.ts';
import { blankDrill } from '../../support/blank-drill.ts';
import { openProcess, type DrillProcess } from '../../support/drill-process.ts';
import { plan, run } from '../../support/plan-builder.ts';
import { seconds, type Contender, type Fleet, type Workload } from './work.ts';

const LONGEST_MS = 10 * 60_000;

export const musterLight: Contender = {
  name: 'Muster, read-only steps',
  workloads: new Set(['one-host', 'many-hosts', 'fan-out', 'flood']),
  run: (fleet, workload) => drill(fleet, workload, true),
};

export const musterDurable: Contender = {
  name: 'Muster, durable steps',
  workloads: new Set(['one-host', 'many-hosts', 'fan-out', 'flood']),
  run: (fleet, workload) => drill(fleet, workload, false),
};

async function drill(fleet: Fleet, workload: Workload, isReadOnly: boolean): Promise<number> {
  const place = databaseFile();
  const process = await openProcess({ file: place.file, privateKey: fleet.privateKey });
  try {
    const id = await request(process, planOf(fleet, workload, isReadOnly));
    return await seconds(() => untilPassed(process, id));
  } finally {
    await process.close();
    place.remove();
  }
}

/** A chain of steps for each host, so that no host waits for another one; a fan-out is one step on all of them. */
export function planOf({ hosts }: Fleet, workload: Workload, isReadOnly: boolean): Plan {
  const taking = hosts.slice(0, workload.hosts).map(({ host }) => host);
  const more = { command: workload.command, isReadOnly, timeoutMs: LONGEST_MS };
  const chain = (host: string): readonly PlanStep[] =>
    Array.from({ length: workload.commands }, (_, index) =>
      run(`${host}-${index}`, { ...more, hosts: [host], needs: index === 0 ? [] : [`${host}-${index - 1}`] }),
    );
  const steps = workload.commands === 1 ? [run('all', { ...more, hosts: taking.map(({ key }) => key) })] : taking.flatMap(({ key }) => chain(key));
  return plan(steps, { hosts: taking });
}

export async function request({ database }: Pick<DrillProcess, 'database'>, wanted: Plan): Promise<string> {
  const at = Date.now();
  const hash = planHash(wanted);
  return database.write(async ({ drills }) => {
    const { id } = await drills.create({ ...blankDrill(wanted, at), planHash: hash, state: 'approved' }, wanted);
    const event = { type: 'requested', mode: wanted.mode, planHash: hash, approvalsNeeded: 0 } as const;
    await drills.append(id, [{ seq: 1, at, by: 'r.quester', event }], new Map());
    return id;
  });
}

async function untilPassed({ journal }: DrillProcess, id: string): Promise<void> {
  await journal.record(id, 's.tarter', { type: 'started' });
  for (;;) {
    const state = await journal.state(id);
    if (state?.result === 'passed') return;
    if (state?.result != null) throw new Error(`The drill ${state.result}.`);
    await delay(5);
  }
}
