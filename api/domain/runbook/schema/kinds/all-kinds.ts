// All step kinds, in the order in which the documentation shows them. A new kind is a file in this folder and a line here.
import type { StepKind } from '../../runbook.ts';
import { checkKind } from './check.kind.ts';
import { confirmKind } from './confirm.kind.ts';
import type { StepKindDefinition } from './kind.ts';
import { runKind } from './run.kind.ts';
import { sleepKind } from './sleep.kind.ts';
import { waitKind } from './wait.kind.ts';

const DEFINITIONS: Readonly<Record<StepKind, StepKindDefinition>> = {
  run: runKind,
  check: checkKind,
  wait: waitKind,
  confirm: confirmKind,
  sleep: sleepKind,
};

export const ALL_KINDS: readonly StepKindDefinition[] = Object.values(DEFINITIONS);

export function definitionOf(kind: StepKind): StepKindDefinition {
  return DEFINITIONS[kind];
}
