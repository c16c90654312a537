// How long `muster lint` takes on 250, 500 and 1,000 runbooks of 50 steps, and whether time grows with their number.
//   node --import @swc-node/register/esm-register test/bench/lint-bench.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRunbooks } from '../../api/cli/check/check-runbooks.ts';
import { findRunbookFiles, readRunbookFiles } from '../../api/import/runbooks/read-runbook-files.ts';
import { generatedRunbook } from './generated-runbook.ts';

const SIZES = [250, 500, 1000] as const;
const STEPS = 50;

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const reader = { find: findRunbookFiles, read: readRunbookFiles };
const folder = mkdtempSync(join(tmpdir(), 'muster-lint-bench-'));
try {
  const times: number[] = [];
  for (const size of SIZES) {
    const own = join(folder, String(size));
    for (let index = 0; index < size; index += 1) {
      const key = `runbook-${index}`;
      mkdirSync(join(own, key), { recursive: true });
      writeFileSync(join(own, key, 'runbook.yaml'), generatedRunbook(key, STEPS));
    }
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const checked = await checkRunbooks(reader, (await reader.find(own)) ?? []);
    times.push((performance.now() - startedAt) / 1000);
    // Of all threads: other work on the machine does not show in it.
    const used = process.cpuUsage(cpu);
    const cpuSeconds = (used.user + used.system) / 1_000_000;
    const problems = checked.flatMap((one) => one.problems);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(`the generated runbooks have errors: ${JSON.stringify(errors[0])}`);
    tell(`${size} runbooks of ${STEPS} steps: ${times.at(-1)?.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), ${problems.length} warnings`);
  }
  const [first = 0, , last = 0] = times;
  tell(
    `Four times as many took ${(last / first).toFixed(2)} times as long, on ${availableParallelism()} cores (goal: 1,000 in under 10 s on two cores).`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
