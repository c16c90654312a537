// What a step waits for: the condition that holds when one of the ways to it was taken.
import { LONGEST_CONDITION } from '../../domain/runbook/condition.ts';
import type { Flow } from './flow.ts';

/** Conditions of a branch's choices in order, by the name of the branch; and ids of steps, for their failures. */
export interface Deciding {
  readonly choices: ReadonlyMap<string, readonly string[]>;
  readonly ids: ReadonlyMap<string, string>;
}

/** Undefined when the step always runs; null when it cannot be said. */
export function guardOf(name: string, flow: Flow, deciding: Deciding): string | undefined | null {
  const ways = flow.waysTo.get(name) ?? [];
  const texts = ways.map((way) => {
    const parts = [...way].map(([key, outcome]) => partOf(key, outcome, { flow, deciding }));
    return parts.includes(null) ? null : parts.filter((part) => part !== '').join(' && ');
  });
  if (texts.includes(null)) return null;
  if (texts.includes('')) return undefined;
  const condition = texts.length === 1 ? (texts[0] ?? '') : texts.map((text) => `(${text ?? ''})`).join(' || ');
  return condition.length > LONGEST_CONDITION ? null : condition;
}

/** Empty when nothing has to be said: what follows a step without failure is skipped by itself when it fails. */
function partOf(key: string, outcome: number, { flow, deciding }: { readonly flow: Flow; readonly deciding: Deciding }): string | null {
  const decision = flow.decisions.get(key);
  if (decision === undefined) return null;
  if (decision.kind === 'failure') {
    const id = deciding.ids.get(decision.step);
    return outcome === 0 ? '' : id === undefined ? null : `steps["${id}"].state == "failed"`;
  }
  const choices = deciding.choices.get(decision.step);
  if (choices === undefined) return null;
  const before = choices.slice(0, outcome).map((choice) => `!(${choice})`);
  const own = choices[outcome];
  return [...before, ...(own === undefined ? [] : [/[|&]/.test(own) ? `(${own})` : own])].join(' && ');
}
