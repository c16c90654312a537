// What a step does, as a hash: two runs of the same work may be compared, whatever else has been written about the step since.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../history/canonical-json.ts';
import { scopeOf } from './scope-of.ts';
import type { DrillMode, Plan, PlanStep } from './plan.ts';
import { rowsOf } from './rows.ts';

/** Modes whose durations can be compared: what a rehearsal runs, a failover runs in the same way. A check runs nothing. */
export type ModeFamily = 'run' | 'dry-run';

type Scopes = Pick<Plan, 'steps' | 'runbook' | 'scopes'>;

const KNOWN = new WeakMap<Plan['steps'], ReadonlyMap<string, string>>();

export function familyOf(mode: DrillMode): ModeFamily | null {
  if (mode === 'check') return null;
  return mode === 'dry-run' ? 'dry-run' : 'run';
}

/**
 * Lower-case hex SHA-256 by step id. The title, the note, the estimate and what is expected of the output do not count; the runbook in
 * which the step is written does, so that a called runbook brings what its steps took elsewhere. Calls do no work of their own.
 */
export function workOf(plan: Scopes): ReadonlyMap<string, string> {
  const known = KNOWN.get(plan.steps) ?? hashAll(plan);
  KNOWN.set(plan.steps, known);
  return known;
}

function hashAll(plan: Scopes): ReadonlyMap<string, string> {
  const entries = plan.steps.flatMap((step): readonly (readonly [string, string])[] => {
    if (step.kind === 'call') return [];
    const scope = scopeOf(step.id);
    const runbook = scope === '' ? plan.runbook : (plan.scopes?.[scope]?.runbook ?? plan.runbook);
    const work = { runbook, step: step.id.slice(scope === '' ? 0 : scope.length + 1), ...contentOf(step) };
    return [[step.id, createHash('sha256').update(canonicalJson(work)).digest('hex')]];
  });
  return new Map(entries);
}

/** How many rows there are counts, and not which: a host that was replaced is no other work. */
function contentOf(step: Exclude<PlanStep, { readonly kind: 'call' }>): object {
  switch (step.kind) {
    case 'confirm':
      return { kind: step.kind, instruction: step.instruction, role: step.role };
    case 'approve':
      return { kind: step.kind, instruction: step.instruction, role: step.role, count: step.count };
    case 'sleep':
      return { kind: step.kind, durationMs: step.durationMs };
    case 'run':
    case 'check':
    case 'http':
    case 'copy':
    case 'notify':
    case 'wait': {
      const { kind, command, action, shell, become, items, batch } = step;
      const until = kind === 'wait' ? { everyMs: step.everyMs, stable: step.stable, expect: step.expect } : {};
      const { rows } = { rows: rowsOf(step).length };
      return present({ kind, command, action, shell, become, items, batch, rows, ...until });
    }
  }
}

function present(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
