// Plans for tests: say what matters, the rest is filled in.
import { LOCAL, type Plan, type PlanHost, type PlanStep } from '../../api/domain/drill/plan.ts';

type StepOf<K extends PlanStep['kind']> = Partial<Extract<PlanStep, { readonly kind: K }>>;

const common = {
  title: 'A step',
  phase: null,
  needs: [],
  timeoutMs: 10_000,
  retry: { attempts: 1, everyMs: 0, backoff: 1 },
  estimateMs: null,
  onFailure: 'stop',
  note: null,
  isShownOnly: false,
} as const;

const A_DAY_MS = 24 * 3_600_000;

const command = {
  hosts: ['alpha'],
  command: 'true',
  expect: { exitCodes: [0], stdout: null, stderr: null },
  captures: [],
  isReadOnly: false,
  isIdempotent: false,
} as const;

export function run(id: string, change: StepOf<'run'> = {}): PlanStep {
  return { ...common, ...command, id, kind: 'run', undo: null, isPointOfNoReturn: false, ...change };
}

export function check(id: string, change: StepOf<'check'> = {}): PlanStep {
  return { ...common, ...command, id, kind: 'check', isReadOnly: true, ...change };
}

export function wait(id: string, change: StepOf<'wait'> = {}): PlanStep {
  return { ...common, ...command, id, kind: 'wait', isReadOnly: true, everyMs: 100, stable: 1, ...change };
}

export function http(id: string, change: StepOf<'http'> = {}): PlanStep {
  return { ...common, ...command, hosts: [LOCAL], id, kind: 'http', undo: null, isPointOfNoReturn: false, ...change };
}

export function copy(id: string, change: StepOf<'copy'> = {}): PlanStep {
  return { ...common, ...command, id, kind: 'copy', undo: null, isPointOfNoReturn: false, ...change };
}

export function notify(id: string, change: StepOf<'notify'> = {}): PlanStep {
  return { ...common, ...command, hosts: [LOCAL], id, kind: 'notify', onFailure: 'warn', ...change };
}

export function confirm(id: string, change: StepOf<'confirm'> = {}): PlanStep {
  return { ...common, timeoutMs: A_DAY_MS, id, kind: 'confirm', instruction: 'Look at it.', role: null, expectedMs: null, evidence: null, ...change };
}

export function sleep(id: string, durationMs: number, change: StepOf<'sleep'> = {}): PlanStep {
  return { ...common, id, kind: 'sleep', durationMs, ...change };
}

export function approve(id: string, change: StepOf<'approve'> = {}): PlanStep {
  return { ...common, timeoutMs: A_DAY_MS, id, kind: 'approve', role: null, count: 1, instruction: null, ...change };
}

export function call(id: string, change: StepOf<'call'> = {}): PlanStep {
  return { ...common, id, kind: 'call', runbook: 'other', revision: 'b'.repeat(64), ...change };
}

/** Each step needs the one above it. */
export function inSequence(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.map((step, index) => ({ ...step, needs: steps.slice(Math.max(0, index - 1), index).map((before) => before.id) }));
}

export function plan(steps: readonly PlanStep[], change: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    runbook: 'test-runbook',
    revision: 'a'.repeat(64),
    title: 'A test drill',
    services: ['ledger'],
    scenario: 'site-loss',
    level: 'full',
    mode: 'failover',
    inputs: {},
    hosts: [hostNamed('alpha'), hostNamed('beta')],
    objective: { rtoSeconds: 3_600, rpoSeconds: null },
    clocks: [],
    canary: null,
    locks: ['host:alpha', 'service:ledger'],
    steps,
    ...change,
  };
}

function hostNamed(key: string): PlanHost {
  return { key, address: '127.0.0.1', port: 22, user: 'muster', hostKeys: ['SHA256:x'] };
}
