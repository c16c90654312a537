// What a lint rule is: something that is allowed and rarely meant. A rule a file; its findings are warnings and never block.
import type { Finding, Path, Places } from '../place.ts';
import type { Runbook, Step } from '../runbook.ts';

export interface LintRule {
  readonly code: string;
  /** Why it is worth a warning, for the page that explains it. */
  readonly why: string;
  check(runbook: Runbook, places: Places): readonly LintFinding[];
}

/** The code is the rule's. */
export type LintFinding = Omit<Finding, 'code'>;

export interface StepAt {
  readonly step: Step;
  readonly path: Path;
}

/** The steps with their paths: a runbook keeps them in the order of the file. */
export function stepsAt(runbook: Runbook): readonly StepAt[] {
  return runbook.steps.map((step, index) => ({ step, path: ['steps', index] }));
}

/** An action: a command that may change something. */
export function isAction(step: Step): step is Extract<Step, { readonly kind: 'run' }> {
  return step.kind === 'run' && !step.isReadOnly;
}

export interface CommandAt {
  readonly command: string;
  readonly path: Path;
  /** Who runs it, as a sentence begins. */
  readonly by: string;
}

/** All shell text of a runbook: steps, what reverts them, and the canary. */
export function commandsOf(runbook: Runbook): readonly CommandAt[] {
  const ofSteps = stepsAt(runbook).flatMap(({ step, path }): readonly CommandAt[] => {
    if (!('command' in step)) return [];
    const by = `Step \`${step.id}\``;
    const own = { command: step.command, path: [...path, step.kind], by };
    return step.kind === 'run' && step.undo !== null
      ? [own, { command: step.undo, path: [...path, 'undo'], by: `The undo of step \`${step.id}\`` }]
      : [own];
  });
  const { canary } = runbook;
  if (canary === null) return ofSteps;
  return [...ofSteps, ...(['write', 'read'] as const).map((part) => ({ command: canary[part].run, path: ['canary', part], by: 'The canary' }))];
}

/** Whether shell text uses a variable: `$name` or `${name…}`. */
export function usesVariable(command: string, name: string): boolean {
  return new RegExp(String.raw`\$(?:${name}(?![A-Za-z0-9_])|\{[#!]?${name}(?![A-Za-z0-9_]))`, 'u').test(command);
}
