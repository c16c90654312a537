// By how much a start is put off, so that not everything starts on the full hour: the same for the same due time, always.
import { createHash } from 'node:crypto';
import type { Schedule } from './schedule.ts';

const SECOND_MS = 1_000;
/** Bytes of the hash that are read as a number: exact, and far more than there are seconds. */
const BYTES = 6;

/** When the drill of a due time starts: from the due time up to the schedule's jitter later, in whole seconds. */
export function startOf(schedule: Pick<Schedule, 'id' | 'jitterMs'>, dueAt: number): number {
  const steps = Math.floor(schedule.jitterMs / SECOND_MS) + 1;
  if (steps === 1) return dueAt;
  const hash = createHash('sha256').update(`${schedule.id} ${dueAt}`).digest();
  return dueAt + (hash.readUIntBE(0, BYTES) % steps) * SECOND_MS;
}
