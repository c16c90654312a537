// Killed with SIGKILL at every named boundary and started again. `MUSTER_LONG=1` (npm run test:faults) kills a hundred times at each, at different passes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHosts, type TestHosts } from '../support/sshd.ts';
import { BOUNDARIES } from './boundaries.ts';
import { percentile, report } from './figures.ts';
import { compileProgram, killedDrill, type Survived } from './killed-drill.ts';
import { isLong } from './long.ts';

const TIMES = isLong ? Number(process.env['MUSTER_KILLS'] ?? 100) : 1;
/** Boundaries that are passed several times in a drill are killed at different ones. */
const PASSES = 4;
const LONGEST_MS = 30_000 * TIMES;

let servers: TestHosts;
let folder: string;
let program: string;
const all: Survived[] = [];

beforeAll(async () => {
  servers = testHosts();
  folder = mkdtempSync(join(tmpdir(), 'muster-program-'));
  program = compileProgram(join(folder, 'app'));
}, 60_000);

afterAll(async () => {
  const recovered = all.filter(({ wasKilled }) => wasKilled).map(({ recoveredMs }) => recoveredMs);
  await report('kill -9 at a boundary', {
    boundaries: BOUNDARIES.length,
    kills: recovered.length,
    'taken up within, p50 ms': percentile(recovered, 50),
    'taken up within, p99 ms': percentile(recovered, 99),
    passed: all.filter(({ result }) => result === 'passed').length,
    failed: all.filter(({ result }) => result === 'failed').length,
    'asks a person': all.filter(({ result }) => result === 'needs-decision').length,
    'broken promises': all.flatMap(({ broken }) => broken).length,
  });
  await servers.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('killed at a boundary', () => {
  it.concurrent.each(BOUNDARIES)(
    '%s: nothing runs twice, no byte is lost, and the drill comes to its end',
    async (boundary) => {
      const survived: Survived[] = [];
      let passes = PASSES;
      for (let kills = 0; kills < TIMES;) {
        const nth = 1 + (kills % passes);
        const one = await killedDrill({ program, servers }, { boundary, nth });
        survived.push(one);
        expect(one.broken).toEqual([]);
        if (one.wasKilled) kills += 1;
        else {
          // Not every boundary has a fourth pass; the first one is always reached.
          expect(nth).toBeGreaterThan(1);
          passes = nth - 1;
        }
      }
      all.push(...survived);
      expect(new Set(survived.map(({ result }) => result))).toEqual(new Set(['passed']));
    },
    LONGEST_MS,
  );
});
