// From what was written to what it means: every default filled in, every duration in milliseconds, every `needs` explicit.
import { compareKeys } from '../catalogue/key-order.ts';
import { kindOf } from './raw-runbook.ts';
import type { RawCommand, RawInput, RawRunbook, RawStep, RawTarget } from './raw-runbook.ts';
import { STEP_KINDS } from './runbook.ts';
import type { CanaryDefinition, ClockDefinition, OnFailure, Runbook, RunbookInput, Step, Target } from './runbook.ts';
import { parseDay } from './schema/formats.ts';
import { definitionOf } from './schema/kinds/all-kinds.ts';
import { durationMs, optionalDurationMs, retryOf } from './schema/kinds/command-keys.ts';
import { bodyCommand } from './schema/kinds/kind.ts';
import type { BuildContext, BuildDefaults } from './schema/kinds/kind.ts';
import { withUnixLineEnds } from './source-text.ts';
import { explicitNeeds } from './step-order.ts';
import { variantOf } from './variant.ts';

type Scripts = ReadonlyMap<string, string>;

/** `raw` has passed the schema and all rules. What was written as a set of keys comes out in key order. */
export function buildRunbook(raw: RawRunbook, scripts: Scripts): Runbook {
  return {
    key: raw.runbook,
    title: raw.title,
    summary: raw.summary ?? null,
    services: raw.services,
    scenario: raw.scenario,
    level: raw.level,
    owner: raw.owner ?? null,
    review: raw.review === undefined ? null : { everyMs: durationMs(raw.review.every), lastAt: parseDay(raw.review.last ?? '') },
    inputs: byName(raw.inputs).map(([name, input]) => inputOf(name, input)),
    targets: byName(raw.targets).map(([name, target]) => targetOf(name, target)),
    clocks: byName(raw.clocks).map(([name, clock]): ClockDefinition => ({
      name,
      from: clock.from ?? null,
      to: clock.to,
      objectiveMs: optionalDurationMs(clock.objective),
    })),
    canary: canaryOf(raw, scripts),
    locks: (raw.lock ?? []).toSorted(compareKeys),
    steps: stepsOf(raw, scripts),
  };
}

function stepsOf(raw: RawRunbook, scripts: Scripts): readonly Step[] {
  const needs = explicitNeeds(raw.steps);
  const defaults = defaultsOf(raw);
  const build = (step: RawStep, own: readonly string[]): Step =>
    definitionOf(kindOf(step, STEP_KINDS)).build(step, {
      common: commonOf(step, own),
      onFailure: onFailureOf(step),
      defaults,
      textOf: (command) => textOf(command, scripts),
      fileOf: (name) => textOf({ script: name }, scripts),
    });
  return raw.steps.map((step, index) => {
    const own = needs[index] ?? [];
    const built = build(step, own);
    if (step.drill === undefined) return built;
    if (step.drill === 'skip') return { ...built, drill: 'skip' };
    const variant = variantOf(step, step.drill);
    return { ...built, drill: build(variant, variant.needs ?? own) };
  });
}

function defaultsOf({ defaults }: RawRunbook): BuildDefaults {
  return {
    timeoutMs: optionalDurationMs(defaults?.timeout),
    retry: defaults?.retry === undefined ? null : retryOf(defaults.retry),
    onFailure: defaults?.onFailure ?? null,
    user: defaults?.user ?? null,
    become: defaults?.become ?? null,
  };
}

/** What is not written stays absent, so that the hash stays. */
function commonOf(step: RawStep, needs: readonly string[]): BuildContext['common'] {
  const { id, title, onFailure, when, always, optional } = step;
  return {
    id,
    title,
    phase: step.phase ?? null,
    needs,
    estimateMs: optionalDurationMs(step.estimate),
    ...(typeof onFailure === 'object' ? { goTo: onFailure.goto } : {}),
    ...(when === undefined ? {} : { when }),
    ...(always === true ? { isAlways: true } : {}),
    ...(optional === true ? { isOptional: true } : {}),
    note: step.note ?? null,
    tags: step.tags ?? [],
  };
}

function onFailureOf({ onFailure }: RawStep): OnFailure | null {
  return typeof onFailure === 'object' ? 'goto' : (onFailure ?? null);
}

function inputOf(name: string, input: RawInput): RunbookInput {
  return {
    name,
    type: input.type,
    isRequired: input.required ?? false,
    default: input.default === undefined ? null : String(input.default),
    pattern: input.pattern ?? null,
    choices: input.choices ?? [],
    ask: input.ask ?? name,
    ...(input.secret === true ? { isSecret: true } : {}),
  };
}

function targetOf(name: string, target: RawTarget): Target {
  if (target === 'local' || target.local !== undefined) return { name, by: 'local' };
  if (target.labels !== undefined) return { name, by: 'labels', labels: target.labels };
  return { name, by: 'hosts', hosts: target.hosts ?? (target.host === undefined ? [] : [target.host]) };
}

function canaryOf({ canary }: RawRunbook, scripts: Scripts): CanaryDefinition | null {
  if (canary === undefined) return null;
  const { write, read } = canary;
  return {
    write: { on: write.on, run: textOf(bodyCommand('write', write).command, scripts), everyMs: durationMs(write.every) },
    read: { on: read.on, run: textOf(bodyCommand('read', read).command, scripts) },
    until: canary.until,
    readAfter: canary.readAfter ?? null,
  };
}

function textOf(command: RawCommand, scripts: Scripts): string {
  if (typeof command === 'string') return command;
  const text = scripts.get(command.script);
  if (text === undefined) throw new Error(`the script ${command.script} has passed the rules and is not there`);
  return withUnixLineEnds(text);
}

function byName<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {}).toSorted(([a], [b]) => compareKeys(a, b));
}
