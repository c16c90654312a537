// How long the event loop is held up by 200 runs with ten open steps each, in one process with a real database file.
//   node --import @swc-node/register/esm-register test/bench/runs-bench.ts
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { planHash, type Plan } from '../../api/domain/drill/plan.ts';
import { blankDrill } from '../support/blank-drill.ts';
import { databaseFile } from '../support/database-file.ts';
import { openProcess } from '../support/drill-process.ts';
import { plan, run } from '../support/plan-builder.ts';
import { imaginedHosts } from './imagined-hosts.ts';

const RUNS = 200;
const STEPS = 10;
/** Each command prints so often, and lives for about as many halves of a second. */
const LINES = 20;
const EVERY_MS = 500;

const tell = (text: string): void => void process.stdout.write(`${text}\n`);
const steps = Array.from({ length: STEPS }, (_, index) => run(`s${index}`));
const place = databaseFile();
const app = await openProcess({
  file: place.file,
  privateKey: ssh2.utils.generateKeyPairSync('ed25519').private,
  around: () => imaginedHosts({ lines: LINES, everyMs: EVERY_MS, bytes: 200 }),
});
try {
  const drills: string[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const own = `service-${index}`;
    drills.push(await request(plan(steps, { services: [own], locks: [`service:${own}`] })));
  }
  const whole = monitorEventLoopDelay({ resolution: 10 });
  whole.enable();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(drills.map((drill) => app.journal.record(drill, 's.tarter', { type: 'started' })));
  const openMs = await sinceAll(drills, (step) => step === 'launched', startedAt);
  report('until all commands run', whole);
  const streaming = monitorEventLoopDelay({ resolution: 10 });
  streaming.enable();
  const endMs = await sinceAll(drills, (step) => step === 'succeeded', startedAt);
  report('while output comes and steps end', streaming);
  report('in all', whole);
  const { user, system } = process.cpuUsage(cpu);
  const entries = (await Promise.all(drills.map(async (drill) => await app.database.stores.drills.lastSeq(drill)))).reduce(
    (sum, count) => sum + count,
    0,
  );
  tell(
    `${RUNS} runs of ${STEPS} steps: all commands ran after ${(openMs / 1_000).toFixed(1)} s, all had ended after ${(endMs / 1_000).toFixed(1)} s; ` +
      `${entries} entries, ${((user + system) / 1_000_000).toFixed(1)} s of CPU.`,
  );
  if (app.log.length > 0) tell(`It logged: ${app.log[0]}`);
} finally {
  await app.close();
  place.remove();
}

function request(wanted: Plan): Promise<string> {
  const hash = planHash(wanted);
  const event = { type: 'requested', mode: wanted.mode, planHash: hash, approvalsNeeded: 0 } as const;
  return app.database.write(async ({ drills }) => {
    const { id } = await drills.create({ ...blankDrill(wanted, Date.now()), planHash: hash, state: 'approved' }, wanted);
    await drills.append(id, [{ seq: 1, at: Date.now(), by: 'r.quester', event }], new Map());
    return id;
  });
}

async function sinceAll(drills: readonly string[], holds: (step: string) => boolean, startedAt: number): Promise<number> {
  for (const drill of drills) {
    while (!(await app.journal.state(drill))?.steps.all.every(({ state }) => holds(state) || state === 'succeeded')) await delay(50);
  }
  return performance.now() - startedAt;
}

function report(phase: string, delays: IntervalHistogram): void {
  tell(`Event loop delay ${phase}: p50 ${ms(delays.percentile(50))}, p99 ${ms(delays.percentile(99))}, longest ${ms(delays.max)}`);
}

function ms(nanoseconds: number): string {
  return `${(nanoseconds / 1_000_000).toFixed(0)} ms`;
}
