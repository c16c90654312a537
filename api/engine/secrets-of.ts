// The secret values of a drill, opened: for assembling what is run, and for masking what it prints.
import type { DrillState } from '../domain/drill/state.ts';
import { scopeVariables } from '../domain/drill/variables.ts';
import { SecretMask } from './secret-mask.ts';
import type { Shell } from './shell.ts';

/** Those of called runbooks as well: a host can print what another step left there. Throws when one cannot be opened. */
export function secretsOf(state: DrillState, { seals }: Pick<Shell, 'seals'>): readonly string[] {
  const open = (sealed: string): string => seals.open(sealed);
  return ['', ...Object.keys(state.plan.scopes ?? {})].flatMap((scope) => {
    const { values, secrets } = scopeVariables(state, scope, open);
    return [...secrets].flatMap((name) => values[name] ?? []);
  });
}

export function maskOf(state: DrillState, shell: Pick<Shell, 'seals'>): SecretMask {
  return new SecretMask(secretsOf(state, shell));
}
