// What a rehearsal does instead of a step, written out: what the variant does not say is taken from its step.
import { isCommand } from './schema/kinds/look.ts';
import type { RawBody, RawDrill, RawRunbook, RawStep } from './raw-runbook.ts';

/** The variant as a step of the same id. Of keys that go with a kind only target and accounts are taken over, from command to command. */
export function variantOf(step: RawStep, drill: RawDrill): RawStep {
  const { id, title, phase, needs, when, onFailure, note, tags, always, optional, on, user, become } = step;
  const accounts = hasCommand(step) && hasCommand(drill) ? { on, user, become } : {};
  return withoutUndefined({ id, title, phase, needs, when, onFailure, note, tags, always, optional, ...accounts }, drill);
}

/** The steps as a rehearsal takes them; those that it leaves out stay, for the sake of the order. */
export function rehearsedSteps({ steps }: RawRunbook): readonly RawStep[] {
  return steps.map((step) => (typeof step.drill === 'object' ? variantOf(step, step.drill) : step));
}

/** Whether it runs shell text on hosts. */
export function hasCommand({ run, check, wait }: RawBody): boolean {
  const look = check ?? wait;
  return run !== undefined || (look !== undefined && isCommand(look));
}

function withoutUndefined(taken: RawStep | { readonly [Key in keyof RawStep]: RawStep[Key] | undefined }, drill: RawDrill): RawStep {
  const written = Object.fromEntries(Object.entries(taken).filter(([, value]) => value !== undefined));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what was undefined, and so not written, is gone
  return { ...written, ...drill } as RawStep;
}
