// One thing that waits for a person, and in which order such things are shown.
import type { Revision } from '../domain/runbook/revision.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { DrillRecord } from './stores.ts';

/** Most urgent first. A running drill stands still until the first four are answered. */
export const WAITING_KINDS = [
  'confirm',
  'go-no-go',
  'decide',
  'failed-step',
  'approve-plan',
  'start',
  'preflight',
  'unclean',
  'approve-revision',
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

export const URGENCIES = ['now', 'next', 'later'] as const;
/** `now`: a drill stands still. `next`: a drill cannot begin. `later`: nothing runs or is about to. */
export type Urgency = (typeof URGENCIES)[number];

/** The step that waits, as the list shows it. */
export interface WaitingStep {
  readonly id: string;
  /** Its place in the plan, from 1. */
  readonly number: number;
  readonly title: string;
  readonly instruction: string | null;
  /** Whom the runbook names for it. */
  readonly role: string | null;
  /** Why it failed or is unknown. */
  readonly reason: string | null;
}

export interface WaitingItem {
  /** Stays the same as long as the question does. */
  readonly id: string;
  readonly kind: WaitingKind;
  /** Null for a revision and a due time. */
  readonly drill: DrillRecord | null;
  readonly step: WaitingStep | null;
  readonly revision: Revision | null;
  /** The schedule whose due time would fail, and when that is; null otherwise. */
  readonly due: { readonly schedule: Schedule; readonly dueAt: number; readonly reason: string } | null;
  readonly serviceNames: readonly string[];
  readonly sinceAt: number;
  /** When nobody's answer becomes a failure; null when it waits for as long as it takes. */
  readonly untilAt: number | null;
}

const URGENCY_OF: Readonly<Record<WaitingKind, Urgency>> = {
  confirm: 'now',
  'go-no-go': 'now',
  decide: 'now',
  'failed-step': 'now',
  'approve-plan': 'next',
  start: 'next',
  preflight: 'next',
  unclean: 'later',
  'approve-revision': 'later',
};

/** Later than any deadline, and still a number that can be subtracted from itself. */
const NEVER = Number.MAX_SAFE_INTEGER;

export function urgencyOf({ kind }: Pick<WaitingItem, 'kind'>): Urgency {
  return URGENCY_OF[kind];
}

/** What stands still first, what is in earnest before what is an exercise, then the earliest deadline, then the longest wait. */
export function byUrgency(a: WaitingItem, b: WaitingItem): number {
  return (
    URGENCIES.indexOf(urgencyOf(a)) - URGENCIES.indexOf(urgencyOf(b)) ||
    Number(isInEarnest(b)) - Number(isInEarnest(a)) ||
    (a.untilAt ?? NEVER) - (b.untilAt ?? NEVER) ||
    a.sinceAt - b.sinceAt ||
    (a.id < b.id ? -1 : 1)
  );
}

function isInEarnest({ drill }: WaitingItem): boolean {
  return drill?.mode === 'failover';
}
