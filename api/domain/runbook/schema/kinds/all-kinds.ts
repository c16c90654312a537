// All step kinds, in the order in which the documentation shows them. A new kind is a file in this folder and a line here.
import type { StepKind } from '../../runbook.ts';
import { approveKind } from './approve.kind.ts';
import { callKind } from './call.kind.ts';
import { checkKind } from './check.kind.ts';
import { confirmKind } from './confirm.kind.ts';
import { copyKind } from './copy.kind.ts';
import { httpKind } from './http.kind.ts';
import type { StepKindDefinition } from './kind.ts';
import { notifyKind } from './notify.kind.ts';
import { runKind } from './run.kind.ts';
import { sleepKind } from './sleep.kind.ts';
import { waitKind } from './wait.kind.ts';

const DEFINITIONS: Readonly<Record<StepKind, StepKindDefinition>> = {
  run: runKind,
  check: checkKind,
  wait: waitKind,
  http: httpKind,
  copy: copyKind,
  confirm: confirmKind,
  approve: approveKind,
  sleep: sleepKind,
  call: callKind,
  notify: notifyKind,
};

export const ALL_KINDS: readonly StepKindDefinition[] = Object.values(DEFINITIONS);

export function definitionOf(kind: StepKind): StepKindDefinition {
  return DEFINITIONS[kind];
}
