// All conditions of a runbook, with what they name.
import { parseCondition } from '../../condition.ts';
import type { ConditionName } from '../../condition.ts';
import type { Path } from '../../place.ts';
import type { StepAt } from './steps.ts';

export interface ConditionAt {
  readonly text: string;
  readonly path: Path;
  readonly at: StepAt;
  readonly names: readonly ConditionName[];
}

export function conditionsOf(steps: readonly StepAt[]): readonly ConditionAt[] {
  return steps.flatMap((at): readonly ConditionAt[] => {
    const { when } = at.step;
    // A variant that says nothing has the condition of its step, which was looked at there.
    if (when === undefined) return [];
    const condition = parseCondition(when);
    return condition.ok ? [{ text: when, path: [...at.path, 'when'], at, names: condition.value.names }] : [];
  });
}
