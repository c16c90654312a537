// A server of its own process that brings one drill to its end, or kills itself at the boundary that its arguments name.
import { setTimeout as delay } from 'node:timers/promises';
import { openProcess } from '../support/drill-process.ts';
import { watchDatabase, watchHosts, type Boundary } from './boundaries.ts';

const began = Date.now();
const [file = '', privateKey = '', drill = '', boundary = '', nth = '1'] = process.argv.slice(2);
let left = Number(nth);

function pass(here: Boundary): void {
  if (here !== boundary) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
}

const program = await openProcess({
  file,
  privateKey,
  around: (remote) => watchHosts(remote, pass),
  beneath: (database) => watchDatabase(database, pass),
});
const { engine, journal } = program;
const before = await journal.state(drill);
const wasOver = before?.finishedAt != null;
if (before?.startedAt == null) {
  const started = await journal.record(drill, 's.tarter', { type: 'started' });
  if (!started.ok) throw new Error(started.refusal.message);
  engine.wake(drill);
} else {
  await engine.recover();
}
const recoveredMs = Date.now() - began;
for (;;) {
  const state = await journal.state(drill);
  if (state === null) throw new Error('The drill is gone.');
  if (state.finishedAt !== null || state.run === 'needs-decision') break;
  await delay(10);
}
// Long enough for what was forgotten to be removed.
await program.close();
const { maxRSS: peakKb } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ recoveredMs, wasOver, peakKb, log: program.log })}\n`);
process.exit(0);
