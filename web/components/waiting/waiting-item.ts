// One thing that waits: where it is dealt with, what it is called, and how it looks.
import type { FragmentOf } from '../../graphql/graphql.ts';
import type { WaitingItemFields } from '../../graphql/session.ts';
import { answerPath } from '../answer/question.ts';
import type { IconName } from '../app/icon-paths.ts';
import type { Ink } from '../state/states.ts';

export type WaitingEntry = FragmentOf<typeof WaitingItemFields>;
export type WaitingKind = WaitingEntry['kind'];

interface Look {
  readonly icon: IconName;
  readonly ink: Ink;
}

export const WAITING_LOOKS: Readonly<Record<WaitingKind, Look>> = {
  CONFIRM: { icon: 'hand', ink: 'wait' },
  GO_NO_GO: { icon: 'hand', ink: 'wait' },
  DECIDE: { icon: 'question', ink: 'warn' },
  FAILED_STEP: { icon: 'cross', ink: 'bad' },
  APPROVE_PLAN: { icon: 'hand', ink: 'wait' },
  PREFLIGHT: { icon: 'bang', ink: 'bad' },
  START: { icon: 'play', ink: 'run' },
  UNCLEAN: { icon: 'undo', ink: 'warn' },
  APPROVE_REVISION: { icon: 'runbooks', ink: 'idle' },
};

/** The page where a person can do what is asked. */
export function waitingPath({ kind, drill, step, revision, due, runbookKey }: WaitingEntry): string {
  if (due !== null) return entryPath(due.at, `${due.schedule} ${Date.parse(due.at)}`);
  if (revision !== null) return `/runbooks/${encodeURIComponent(runbookKey)}/v/${revision.number}`;
  if (drill === null) return '/inbox';
  if (step === null) return `/drills/${drill.id}`;
  const isAnswered = kind === 'CONFIRM' || kind === 'GO_NO_GO';
  return isAnswered ? answerPath(drill.id, step.id) : `/drills/${drill.id}?step=${encodeURIComponent(step.id)}`;
}

/** Where the calendar shows an entry. */
export function entryPath(at: string, id: string): string {
  return `/calendar?from=${at.slice(0, 10)}&entry=${encodeURIComponent(id)}`;
}

/** The step, the due time's schedule, the revision's title, or the drill's. */
export function waitingTitle({ step, revision, due, drill }: WaitingEntry): string {
  return step?.title ?? due?.title ?? revision?.title ?? drill?.title ?? '';
}
