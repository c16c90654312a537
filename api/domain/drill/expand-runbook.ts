// A runbook with all that it calls, as one list of steps: every call is written out in place, under the id of its step.
import type { Portfolio } from '../catalogue/portfolio.ts';
import type { Problem } from '../errors.ts';
import type { ClockDefinition, Runbook, Step } from '../runbook/runbook.ts';
import { fillTemplate, templateNames } from '../runbook/template.ts';
import { didYouMean } from '../runbook/nearest.ts';
import { effectiveSteps } from './effective-steps.ts';
import { nestSteps } from './nest-steps.ts';
import { planStep } from './plan-steps.ts';
import type { DrillMode, InputTypes, PlanHost, PlanScope, PlanStep } from './plan.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { resolveTargets } from './resolve-targets.ts';
import type { ResolvedTargets } from './resolve-targets.ts';
import { splitItems } from './spread.ts';

/** Deeper than this nobody follows, and a circle is the likelier reason. */
const MOST_DEEP = 5;
/** With the steps of called runbooks; a plan is read by people and replayed in memory. */
export const MOST_PLAN_STEPS = 2_000;

export interface CalledRevision {
  readonly hash: string;
  readonly runbook: Runbook;
  readonly isApproved: boolean;
}

/** Which revision a called runbook stands for; null when there is none. */
export type FindRevision = (runbook: string) => CalledRevision | null;

export interface Surroundings {
  readonly mode: DrillMode;
  readonly portfolio: Portfolio;
  readonly findRevision: FindRevision;
  readonly isLocalAllowed: boolean;
  /** Names that messages can be sent to; null where that is not known. */
  readonly channels: ReadonlySet<string> | null;
  /** Ids of credentials that hosts can be signed in to with; null where that is not known. */
  readonly credentials: ReadonlySet<string> | null;
}

export interface Expansion {
  readonly steps: readonly PlanStep[];
  readonly clocks: readonly ClockDefinition[];
  readonly hosts: readonly PlanHost[];
  readonly runbooks: readonly Runbook[];
  readonly scopes: Readonly<Record<string, PlanScope>>;
  /** Secret inputs, those of called runbooks by `call/name`. */
  readonly secrets: readonly string[];
  readonly targets: ResolvedTargets;
  readonly problems: readonly Problem[];
}

interface Level {
  readonly revision: Pick<CalledRevision, 'hash' | 'runbook'>;
  /** Values known when the plan is made; what is captured on the way is not among them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Keys of the runbooks that lead here, this one last. */
  readonly way: readonly string[];
}

/** `inputs` are those of the outermost runbook, every one of them. */
export function expandRunbook(revision: Level['revision'], inputs: Level['inputs'], around: Surroundings): Expansion {
  return expand({ revision, inputs, way: [revision.runbook.key] }, around);
}

function expand(level: Level, around: Surroundings): Expansion {
  const { runbook, hash } = level.revision;
  const { portfolio, isLocalAllowed, credentials } = around;
  const effective = effectiveSteps(runbook.steps, around.mode);
  const own = effective.map(({ step }) => step);
  const working = effective.flatMap(({ step, isLeftOut }) => (isLeftOut ? [] : [step]));
  const targets = resolveTargets({ runbook, steps: working, portfolio, inputs: level.inputs, isLocalAllowed, credentials });
  const surroundings = {
    hostsOf: targets.hostsOf,
    itemsOf: (step: Step) => itemsOf(step, level.inputs),
    revisionOf: (key: string) => around.findRevision(key)?.hash ?? null,
    seed: hash,
  };
  const calls = effective.map(({ step, isLeftOut }) => (step.kind === 'call' && !isLeftOut ? expandCall(step, level, around) : null));
  const nested = calls.flatMap((call) => call?.expansion ?? []);
  const problems = [
    ...targets.problems,
    ...calls.flatMap((call) => call?.problems ?? []),
    ...working.flatMap((step) => [...channelProblems(step, around), ...listProblems(step, level)]),
  ];
  const steps = effective.flatMap((one, index) => {
    const step = planStep(one, surroundings);
    const call = calls[index] ?? null;
    return step.kind === 'call' && call?.expansion ? nestSteps(step, call.expansion.steps) : [step];
  });
  return {
    steps,
    clocks: [...runbook.clocks, ...calls.flatMap((call) => call?.clocks ?? [])],
    hosts: unitedHosts([targets.hosts, ...nested.map(({ hosts }) => hosts)]),
    runbooks: [runbook, ...nested.flatMap(({ runbooks }) => runbooks)],
    scopes: Object.assign({}, ...calls.map((call) => call?.scopes ?? {})),
    secrets: [...runbook.inputs.flatMap(({ name, isSecret }) => (isSecret === true ? [name] : [])), ...calls.flatMap((call) => call?.secrets ?? [])],
    targets,
    problems: [...problems, ...sizeProblems(own, steps)],
  };
}

/** Empty where every input is text to a condition. */
export function inputTypesOf({ inputs }: Runbook): { readonly inputTypes?: InputTypes } {
  const types = inputs.flatMap(({ name, type }) => (type === 'number' || type === 'boolean' ? [[name, type] as const] : []));
  return types.length === 0 ? {} : { inputTypes: Object.fromEntries(types) };
}

type CallStep = Extract<Step, { readonly kind: 'call' }>;

interface ExpandedCall {
  readonly expansion: Expansion | null;
  readonly clocks: readonly ClockDefinition[];
  readonly scopes: Readonly<Record<string, PlanScope>>;
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

function expandCall(step: CallStep, level: Level, around: Surroundings): ExpandedCall {
  const found = around.findRevision(step.runbook);
  const refusal = callProblem(step, found, { level, mode: around.mode });
  if (found === null || refusal !== null) {
    return { expansion: null, clocks: [], scopes: {}, secrets: [], problems: refusal === null ? [] : [refusal] };
  }
  const known = Object.fromEntries(
    Object.entries(step.with).flatMap(([name, text]) => {
      const value = fillTemplate(text, level.inputs);
      return value === null ? [] : [[name, value] as const];
    }),
  );
  const late = Object.keys(step.with).filter((name) => !Object.hasOwn(known, name));
  // What is captured on the way is not known yet: it cannot be checked before the drill.
  const asked = found.runbook.inputs.filter(({ name }) => !late.includes(name));
  const inputs = resolveInputs(asked, known, around.portfolio);
  const unknown = late.filter((name) => !found.runbook.inputs.some((input) => input.name === name));
  const expansion = expand({ revision: found, inputs: inputs.values, way: [...level.way, step.runbook] }, around);
  const texts = Object.fromEntries(found.runbook.inputs.map(({ name }) => [name, step.with[name] ?? escaped(inputs.values[name] ?? '')]));
  const under = (name: string): string => `${step.id}/${name}`;
  return {
    expansion,
    clocks: expansion.clocks.map((clock) => ({
      ...clock,
      name: under(clock.name),
      from: under(clock.from ?? firstOf(expansion.steps)),
      to: under(clock.to),
    })),
    scopes: {
      [step.id]: { runbook: step.runbook, revision: found.hash, inputs: texts, ...inputTypesOf(found.runbook) },
      ...Object.fromEntries(Object.entries(expansion.scopes).map(([id, scope]) => [under(id), scope])),
    },
    secrets: expansion.secrets.map(under),
    problems: [
      ...inputs.problems,
      ...unknown.map((name) => noSuchInput(name, found.runbook)),
      ...shownSecrets(step, level.revision.runbook, found.runbook),
      ...expansion.problems,
    ].map((one) => ({
      ...one,
      message: `In the runbook ${step.runbook}, called by ${step.id}: ${one.message}`,
    })),
  };
}

function callProblem(
  step: CallStep,
  found: CalledRevision | null,
  { level, mode }: { readonly level: Level; readonly mode: DrillMode },
): Problem | null {
  const by = `The step ${step.id} calls the runbook ${step.runbook}`;
  if (found === null) return problem('unknown-call', `${by}, which is not here.`, 'Add that runbook, or correct the name.');
  if (level.way.includes(step.runbook)) {
    const circle = [...level.way.slice(level.way.indexOf(step.runbook)), step.runbook].join(', which calls ');
    return problem('call-circle', `Runbooks call each other in a circle: ${circle}.`, 'Take one of the calls out.');
  }
  if (level.way.length > MOST_DEEP)
    return problem('call-too-deep', `${by}, and that is more than ${MOST_DEEP} calls deep.`, 'Call it from further up.');
  if (!found.isApproved && mode !== 'check' && mode !== 'dry-run') {
    return problem('unapproved-call', `${by}, of which no revision is approved.`, 'Somebody other than its author approves it on its page.');
  }
  return null;
}

function channelProblems(step: Step, { channels }: Surroundings): readonly Problem[] {
  if (step.kind !== 'notify' || channels === null || channels.has(step.action.channel)) return [];
  const remedy = didYouMean(step.action.channel, channels, 'An admin adds it to the file that MUSTER_CHANNELS names.');
  return [problem('unknown-channel', `The step ${step.id} tells the channel ${step.action.channel}, which is not set up here.`, remedy)];
}

function itemsOf(step: Step, inputs: Level['inputs']): readonly string[] | null {
  if (!('foreach' in step) || step.foreach === undefined) return null;
  return 'input' in step.foreach ? splitItems(inputs[step.foreach.input] ?? '') : step.foreach;
}

/** A step with no row would have nothing to end with. */
function listProblems(step: Step, { inputs }: Level): readonly Problem[] {
  const items = itemsOf(step, inputs);
  if (items === null || items.length > 0) return [];
  return [problem('empty-list', `The list that the step ${step.id} goes through is empty.`, 'Give the input a value that is known at the start.')];
}

/** What the called runbook does not know to be a secret, it would show. */
function shownSecrets(step: CallStep, caller: Runbook, called: Runbook): readonly Problem[] {
  const secrets = new Set(caller.inputs.flatMap(({ name, isSecret }) => (isSecret === true ? [name] : [])));
  for (const one of caller.steps) {
    if ('captures' in one) for (const { name, isSecret } of one.captures) if (isSecret === true) secrets.add(name);
  }
  return called.inputs.flatMap((input) => {
    const secret = templateNames(step.with[input.name] ?? '').find((name) => secrets.has(name));
    if (secret === undefined || input.isSecret === true) return [];
    return [
      problem('secret-shown', `It is given the secret ${secret} as its input ${input.name}, which is none.`, 'Make that input `secret: true`.'),
    ];
  });
}

function sizeProblems(own: readonly Step[], steps: readonly PlanStep[]): readonly Problem[] {
  if (steps.length <= MOST_PLAN_STEPS || own.length === steps.length) return [];
  return [
    problem(
      'plan-too-long',
      `With the runbooks that it calls the plan has ${steps.length} steps; ${MOST_PLAN_STEPS} are allowed.`,
      'Drill the parts one by one.',
    ),
  ];
}

function noSuchInput(name: string, runbook: Runbook): Problem {
  const remedy = didYouMean(
    name,
    runbook.inputs.map((input) => input.name),
    'Remove it from `with`.',
  );
  return problem('unknown-input', `It has no input ${name}.`, remedy);
}

function unitedHosts(lists: readonly (readonly PlanHost[])[]): readonly PlanHost[] {
  const byKey = new Map(lists.flat().map((host) => [host.key, host]));
  return [...byKey.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** A default is a value, not a text with places. */
function escaped(value: string): string {
  return value.replaceAll('${', '$${');
}

function firstOf(steps: readonly PlanStep[]): string {
  return steps[0]?.id ?? '';
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy };
}
