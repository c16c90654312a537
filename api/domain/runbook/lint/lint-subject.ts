// What lint rules look at: a runbook taken apart once for all of them, so that none walks it again.
import { ancestorsOf } from '../step-order.ts';
import type { Places } from '../place.ts';
import type { Runbook, Step } from '../runbook.ts';
import { conditionsOf } from './parts/conditions.ts';
import type { ConditionAt } from './parts/conditions.ts';
import { commandsOf } from './parts/commands.ts';
import type { CommandAt } from './parts/commands.ts';
import { stepsAt } from './parts/steps.ts';
import type { StepAt } from './parts/steps.ts';
import { templatesOf } from './parts/templates.ts';
import type { TemplateAt } from './parts/templates.ts';

/** What is known beside the runbook. */
export interface LintContext {
  readonly portfolio?: LintPortfolio;
}

export interface LintPortfolio {
  readonly hosts: readonly {
    readonly key: string;
    readonly address: string;
    readonly site: string | null;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly sites: readonly { readonly key: string; readonly name: string }[];
}

export interface LintSubject {
  readonly runbook: Runbook;
  readonly places: Places;
  readonly context: LintContext;
  /** The steps in the order of the file, each followed by what a rehearsal does instead. */
  readonly steps: readonly StepAt[];
  /** All shell text: steps, what reverts them, the canary. */
  readonly commands: readonly CommandAt[];
  /** All texts with `${name}`. */
  readonly templates: readonly TemplateAt[];
  readonly conditions: readonly ConditionAt[];
  /** Ids of all steps that must have ended before this one starts. */
  readonly ancestorsOf: (step: Step) => ReadonlySet<string>;
}

export function lintSubject(runbook: Runbook, places: Places, context: LintContext): LintSubject {
  const steps = stepsAt(runbook);
  const known = new Map<readonly string[], ReadonlySet<string>>();
  return {
    runbook,
    places,
    context,
    steps,
    commands: commandsOf(runbook, steps),
    templates: templatesOf(runbook, steps),
    conditions: conditionsOf(steps),
    ancestorsOf(step: Step): ReadonlySet<string> {
      const found = known.get(step.needs) ?? withAncestors(runbook, step.needs);
      known.set(step.needs, found);
      return found;
    },
  };
}

/** The ids themselves and all that comes before them; by what is needed, since a variant may need other steps than its own. */
function withAncestors({ steps }: Runbook, needs: readonly string[]): ReadonlySet<string> {
  return ancestorsOf([...steps, { id: '', needs }], '');
}
