// Where the values of a runbook are used: inputs and what steps capture.
import type { Path } from '../../place.ts';
import type { Step } from '../../runbook.ts';
import type { LintSubject } from '../lint-subject.ts';

export interface ValueUse {
  readonly name: string;
  readonly path: Path;
  /** Who uses it, as a sentence begins. */
  readonly by: string;
  /** Null where it is no step. */
  readonly step: Step | null;
}

/** Every use of a value by a command, a text, a list or a condition. */
export function usesIn({ commands, templates, conditions, steps }: LintSubject): readonly ValueUse[] {
  return [
    ...commands.flatMap(({ variables, path, by, at }) => [...variables].map((name) => ({ name, path, by, step: at?.step ?? null }))),
    ...templates.flatMap(({ names, path, by, at }) => names.map((name) => ({ name, path, by, step: at?.step ?? null }))),
    ...conditions.flatMap(({ names, path, at }) =>
      names.filter(({ of }) => of !== 'steps').map(({ name }) => ({ name, path, by: `The condition of ${lowered(at.by)}`, step: at.step })),
    ),
    ...steps.flatMap(({ step, path, by }) =>
      'foreach' in step && step.foreach !== undefined && 'input' in step.foreach
        ? [{ name: step.foreach.input, path: [...path, 'foreach', 'input'], by, step }]
        : [],
    ),
  ];
}

function lowered(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}
