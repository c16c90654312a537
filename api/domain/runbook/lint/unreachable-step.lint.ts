// Every step can come to run in some mode and in some way that the drill goes.
import { evaluateCondition } from '../condition.ts';
import type { ConditionName } from '../condition.ts';
import type { Step } from '../runbook.ts';
import { DRILL_MODES } from '../../drill/plan.ts';
import type { LintRule } from './lint-rule.ts';
import type { ConditionAt } from './parts/conditions.ts';

export const unreachableStep: LintRule = {
  code: 'unreachable-step',
  weight: 'warning',
  title: 'A step that never runs',
  why: `Its condition is false whatever happens: it is constant, it asks for a mode that does not exist, or it asks whether a step has failed whose
failure ends the drill. After \`onFailure: stop\` nothing more starts, so that only steps with \`always\` could see that failure.`,
  remedy: 'Correct the condition; let the failing step say `onFailure: continue` where the drill is to go on.',
  bad: `clocks:
  recovery: { to: try-clean }
steps:
  - id: try-clean
    title: It stops cleanly
    check: stopped-cleanly
    on: db
  - id: note
    title: It did not stop cleanly
    confirm: Note why it did not stop.
    when: steps["try-clean"].state == "failed"`,
  good: `clocks:
  recovery: { to: try-clean }
steps:
  - id: try-clean
    title: It stops cleanly
    check: stopped-cleanly
    on: db
    onFailure: continue
  - id: note
    title: It did not stop cleanly
    confirm: Note why it did not stop.
    when: steps["try-clean"].state == "failed"`,
  check({ runbook, conditions }) {
    const byId = new Map(runbook.steps.map((step) => [step.id, step]));
    return conditions.flatMap((condition) => {
      const reason = whyNeverTrue(condition) ?? whyNeverSeen(condition, byId);
      if (reason === null) return [];
      return [{ path: condition.path, message: `${condition.at.by} never runs: ${reason}.`, remedy: 'Correct the condition, or remove the step.' }];
    });
  },
};

/** What depends on nothing but the mode can be tried out. */
function whyNeverTrue({ text, names }: ConditionAt): string | null {
  if (names.length > 0 || /\b(?:inputs|values|steps)\b/.test(text)) return null;
  const outcomes = DRILL_MODES.map((mode) => evaluateCondition(text, { inputs: {}, values: {}, steps: {}, mode }));
  return outcomes.every((outcome) => outcome.ok && !outcome.value) ? `\`${text}\` is false in every mode` : null;
}

const ASKS_FAILURE = /^\s*steps(?:\[["'][\w-]+["']\]|\.\w+)\.state\s*==\s*["']failed["']\s*$/;

function whyNeverSeen({ text, names, at }: ConditionAt, byId: ReadonlyMap<string, Step>): string | null {
  const [asked]: readonly ConditionName[] = names;
  const step = ASKS_FAILURE.test(text) && asked !== undefined ? byId.get(asked.name) : undefined;
  if (step === undefined || at.step.isAlways === true) return null;
  switch (step.onFailure) {
    case 'stop':
    case 'undo':
      return `when \`${step.id}\` fails, the drill ends`;
    case 'warn':
      return `a failure of \`${step.id}\` counts as a warning, and its state is "warned"`;
    case 'ask':
    case 'continue':
    case 'goto':
      return null;
  }
}
