// The rows of a step: each host, or host and item, with where it stands by now.
import type { StepDetail } from '../drill/drill-type.ts';
import type { Ink } from '../state/states.ts';

type Attempt = StepDetail['attempts'][number];

export interface LogRow {
  /** A host, or a host and the number of an item. */
  readonly host: string;
  /** Of its latest attempt; null before the first. */
  readonly state: Attempt['state'] | null;
  readonly ink: Ink;
  readonly exitCode: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

const INKS: Readonly<Record<Attempt['state'], Ink>> = {
  INTENT: 'run',
  NOT_STARTED: 'idle',
  LAUNCHED: 'run',
  SUCCEEDED: 'ok',
  FAILED: 'bad',
  TIMED_OUT: 'bad',
  CANCELLED: 'idle',
  UNKNOWN: 'warn',
};

type Tried = Pick<Attempt, 'host' | 'state' | 'exitCode' | 'startedAt' | 'endedAt'>;

interface Spread {
  readonly attempts: readonly Tried[];
  readonly planned: Pick<StepDetail['planned'], 'hosts' | 'items'>;
}

/** In the order in which they were planned; with items, those that have begun. */
export function logRows({ planned, attempts }: Spread): readonly LogRow[] {
  const latest = new Map<string, Tried>();
  for (const attempt of attempts) latest.set(attempt.host, attempt);
  const hosts = planned.items.length > 0 ? [...latest.keys()] : [...new Set([...planned.hosts, ...latest.keys()])];
  return hosts.map((host) => {
    const attempt = latest.get(host);
    if (!attempt) return { host, state: null, ink: 'idle', exitCode: null, startedAt: null, endedAt: null };
    const { state, exitCode, startedAt, endedAt } = attempt;
    return { host, state, ink: INKS[state], exitCode, startedAt: Date.parse(startedAt), endedAt: endedAt === null ? null : Date.parse(endedAt) };
  });
}
