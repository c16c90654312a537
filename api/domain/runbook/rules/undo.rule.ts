// What reverts a step is a command, or another step that does something.
import type { Finding } from '../place.ts';
import type { RawBody, RawStep } from '../raw-runbook.ts';
import { bodiesOf } from './bodies.ts';
import type { BodyAt } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function undoRule(context: RuleContext): readonly Finding[] {
  const byId = new Map(context.raw.steps.map((step) => [step.id, step]));
  return bodiesOf(context).flatMap((body) => undoFinding(body, byId) ?? []);
}

function undoFinding({ step, written, path, by }: BodyAt, byId: ReadonlyMap<string, RawStep>): Finding | null {
  const { undo } = written;
  const place = { path: [...path, 'undo'] };
  const text = typeof undo === 'object' ? undo.run : undo;
  if (text !== undefined && byId.has(text.trim())) {
    const message = `${by} is undone by the command \`${text.trim()}\`, which is the id of a step.`;
    return { ...place, code: 'undo-names-step', message, remedy: `Write \`undo: {step: ${text.trim()}}\` when the step is meant.` };
  }
  if (typeof undo !== 'object' || undo.step === undefined) return null;
  if (undo.always !== undefined) {
    const message = `${by} is undone by a step, and only that step can say that it runs however the drill ends.`;
    const remedy = `Write \`always: true\` at step \`${undo.step}\`, and remove it here.`;
    return { code: 'undo-always', path: [...path, 'undo', 'always'], at: 'key', message, remedy };
  }
  const target = { code: 'undo-step', path: [...path, 'undo', 'step'] };
  if (undo.step === step.id) return { ...target, message: `${by} is undone by itself.`, remedy: 'Name another step.' };
  const other = byId.get(undo.step);
  if (other === undefined || doesWork(other)) return null;
  return {
    ...target,
    message: `${by} is undone by step \`${undo.step}\`, which changes nothing.`,
    remedy: 'Name a step of kind `run`, `http` or `copy`.',
  };
}

function doesWork({ run, http, copy }: RawBody): boolean {
  return run !== undefined || http !== undefined || copy?.file !== undefined;
}
