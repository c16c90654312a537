// How much memory Muster takes at most, compiled and in a process of its own: here the loader and the other contenders would be counted, too.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../api/db/open-database.ts';
import { compileApp } from '../../support/compiled-app.ts';
import { planOf, request } from './muster-engine.ts';
import type { Fleet, Workload } from './work.ts';

/** As `npm start` starts it. */
const FLAGS = ['--max-semi-space-size=4'];

/** In MB, of the workload with durable steps or with read-only ones, whichever takes more. */
export async function peakMemory(fleet: Fleet, workload: Workload): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-peak-'));
  try {
    const app = join(folder, 'app');
    compileApp(app, ['test/support', 'test/faults']);
    const peaks = [];
    for (const isReadOnly of [true, false]) {
      const file = join(folder, `${isReadOnly}.db`);
      const database = await openDatabase({ kind: 'sqlite', file });
      await database.migrate();
      const drill = await request({ database }, planOf(fleet, workload, isReadOnly));
      await database.close();
      const said = execFileSync(process.execPath, [...FLAGS, join(app, 'test/faults/drill-program.js'), file, fleet.privateKey, drill], {
        encoding: 'utf8',
      });
      const { peakKb }: { peakKb: number } = JSON.parse(said);
      peaks.push(peakKb / 1_024);
    }
    return Math.round(Math.max(...peaks));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
