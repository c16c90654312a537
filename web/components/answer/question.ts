// What the page of a question shows: the question, who answered it, or why there is none.
import type { StepDetail } from '../drill/drill-type.ts';
import { isOver, type RunState } from '../state/states.ts';

/** `none`: no person is asked there. `early`: its turn has not come. `gone`: it is over without an answer. */
export type QuestionState = 'asked' | 'answered' | 'early' | 'gone' | 'none';

export type Outcome = 'DONE' | 'FAILED' | 'NOT_APPLICABLE';

type Asked = Pick<StepDetail, 'state' | 'confirmedAt'> & { readonly planned: Pick<StepDetail['planned'], 'kind' | 'isPointOfNoReturn'> };

/** A step that waits again after an answer (a point of no return that was let pass) is asked anew. */
export function questionState(step: Asked, run: RunState): QuestionState {
  if (!isQuestion(step.planned)) return 'none';
  if (step.state === 'WAITING' && !isOver(run)) return 'asked';
  if (step.confirmedAt !== null) return 'answered';
  return step.state === 'PENDING' && !isOver(run) ? 'early' : 'gone';
}

export function isQuestion({ kind, isPointOfNoReturn }: Asked['planned']): boolean {
  return kind === 'CONFIRM' || kind === 'APPROVE' || isPointOfNoReturn;
}

/** Go or no-go: for an approval and at a point of no return, where "not applicable" is no answer. */
export function isDecision({ kind }: Pick<StepDetail['planned'], 'kind'>): boolean {
  return kind !== 'CONFIRM';
}

export function outcomesOf(planned: Pick<StepDetail['planned'], 'kind'>): readonly Outcome[] {
  return isDecision(planned) ? ['DONE', 'FAILED'] : ['DONE', 'FAILED', 'NOT_APPLICABLE'];
}

/** Key of the words for an answer in the locales, under `answer.`. */
export function answerKey(planned: Pick<StepDetail['planned'], 'kind'>, outcome: Outcome): string {
  if (!isDecision(planned)) return outcome;
  return outcome === 'DONE' ? 'GO' : 'NO_GO';
}

export interface Ground<Step> {
  readonly step: Step;
  /** Its place in the plan, from 1. */
  readonly number: number;
  /** The question needs it itself, not through another step. */
  readonly isDirect: boolean;
}

type Needing = Pick<StepDetail, 'id'> & { readonly planned: Pick<StepDetail['planned'], 'needs'> };

/** Steps whose results the answer rests on: what the question needs and what that needs, the nearest first, at most so many. */
export function restsOn<Step extends Needing>(steps: readonly Step[], asked: Step, most: number): readonly Ground<Step>[] {
  const byId = new Map(steps.map((step, index) => [step.id, { step, number: index + 1 }]));
  const found = new Map<string, Ground<Step>>();
  let ring: readonly string[] = asked.planned.needs;
  for (let isDirect = true; ring.length > 0 && found.size < most; isDirect = false) {
    const fresh = ring.flatMap((id) => (found.has(id) ? [] : (byId.get(id) ?? []))).toSorted((a, b) => b.number - a.number);
    for (const ground of fresh) found.set(ground.step.id, { ...ground, isDirect });
    ring = fresh.flatMap(({ step }) => step.planned.needs);
  }
  return [...found.values()].slice(0, most);
}

/** Where a step is answered. Its id may have slashes, of runbooks that are called. */
export function answerPath(drill: string, step: string): string {
  return `/drills/${encodeURIComponent(drill)}/steps/${encodeURIComponent(step)}/confirm`;
}
