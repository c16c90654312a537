// What deciding costs: driving and replaying long drills, wide steps, and undo; each size beside four times as much of it.
//   node --import @swc-node/register/esm-register test/bench/reducer-bench.ts
import type { Plan, PlanStep } from '../../api/domain/drill/plan.ts';
import { replay } from '../../api/domain/drill/reduce.ts';
import { inSequence, plan, run } from '../support/plan-builder.ts';
import { DrivenDrill } from './driven-drill.ts';

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const many = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));

const CASES: readonly { readonly name: string; readonly sizes: readonly [number, number]; readonly drill: (size: number) => DrivenDrill }[] = [
  { name: 'steps one after the other', sizes: [250, 1_000], drill: (size) => driven(inSequence(steps(size))) },
  { name: 'steps side by side', sizes: [250, 1_000], drill: (size) => driven(steps(size)) },
  {
    name: 'steps side by side with a condition',
    sizes: [250, 1_000],
    drill: (size) => driven(many(size, (index) => run(`s${index}`, { when: 'steps["s0"].state != "failed"' }))),
  },
  { name: 'rows of one step', sizes: [500, 2_000], drill: (size) => driven([run('wide', { hosts: many(size, (index) => `host-${index}`) })]) },
  {
    name: 'rows of one step in batches of 20',
    sizes: [500, 2_000],
    drill: (size) => driven([run('wide', { hosts: many(size, (index) => `host-${index}`), batch: 20 })]),
  },
  { name: 'steps undone', sizes: [250, 1_000], drill: undone },
];

for (const { name, sizes, drill } of CASES) {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) continue;
  const times = sizes.map((size) => {
    const startedAt = performance.now();
    const { state, entries } = drill(size);
    const drivenMs = performance.now() - startedAt;
    const again = performance.now();
    const replayed = replay(state.plan, state.planHash, entries);
    if (!replayed.ok || replayed.value.run !== state.run) throw new Error('The journal does not add up.');
    return { size, entries: entries.length, drivenMs, replayMs: performance.now() - again };
  });
  for (const { size, entries, drivenMs, replayMs } of times) {
    tell(`${size} ${name}: ${entries} entries driven in ${drivenMs.toFixed(0)} ms, replayed in ${replayMs.toFixed(0)} ms`);
  }
  const [small, large] = times;
  if (small === undefined || large === undefined) continue;
  tell(
    `  four times as many: driven ${(large.drivenMs / small.drivenMs).toFixed(1)}, replayed ${(large.replayMs / small.replayMs).toFixed(1)} times as long`,
  );
}

function steps(count: number): readonly PlanStep[] {
  return many(count, (index) => run(`s${index}`));
}

function driven(list: readonly PlanStep[], change: Partial<Plan> = {}): DrivenDrill {
  return new DrivenDrill(plan(list, change)).toTheEnd();
}

/** All but the last run, then the drill is undone. */
function undone(count: number): DrivenDrill {
  const list = inSequence(many(count, (index) => run(`s${index}`, { undo: 'back' })));
  const drill = new DrivenDrill(plan(list)).toTheEnd((state) => state.steps.get(`s${count - 2}`)?.state === 'succeeded');
  drill.record({ type: 'abort-requested', form: 'undo', reason: 'It is a bench.' }, 'p.erson');
  return drill.toTheEnd();
}
