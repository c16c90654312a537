// Adds the steps of a document in its order, each with what has to have been decided for it to run.
import type { RawBody, RawStep } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { titleFrom } from '../write-runbook/names.ts';
import { actionOf, timeoutOf } from './action.ts';
import type { ImportedAction } from './imported-action.ts';
import { decideBranch } from './branch.ts';
import { soleName } from './document.ts';
import type { SourceStep, SsmDocument } from './document.ts';
import { failureTarget } from './flow.ts';
import type { Flow } from './flow.ts';
import { guardOf } from './guard.ts';
import { hasInputsInside } from './read-steps.ts';

export interface Adding {
  readonly steps: readonly SourceStep[];
  readonly flow: Flow;
  readonly document: SsmDocument;
  /** The same as in the document; names are added here as steps capture them. */
  readonly captured: Map<string, string>;
}

/** Gives the ids of the steps. */
export function addSteps({ steps, flow, document, captured }: Adding): readonly string[] {
  const { builder, ledger } = document;
  prepareHosts(steps, document);
  const reachable = steps.filter(({ name, at }) => {
    if (flow.waysTo.has(name)) return true;
    ledger.unplaced({ at, became: null, why: 'Nothing leads to this step.' });
    return false;
  });
  const ids = new Map(reachable.filter(({ action }) => action !== 'aws:branch').map(({ name }) => [name, builder.reserveId(name)]));
  const choices = new Map<string, readonly string[]>();
  for (const step of reachable) {
    const guard = guardOf(step.name, flow, { choices, ids });
    const when = guard ?? undefined;
    const unsaid = guard === null ? ['Runs in some cases only, which a condition cannot say; fill in: `when`.'] : [];
    if (step.action === 'aws:branch') {
      choices.set(step.name, decideBranch(step, document, when));
      continue;
    }
    const id = ids.get(step.name) ?? '';
    const action = captureAnd(step, { document, captured, steps });
    const body: Omit<RawStep, 'id'> = {
      title: titleFrom(step.name),
      ...action.body,
      ...failureOf(step, { ids, action }),
      ...noteOf(step),
      ...(when === undefined ? {} : { when }),
    };
    builder.addStep({ name: id, body, ...(unsaid.length === 0 ? {} : { comment: unsaid }) });
    claim(step, { id, action, document });
  }
  for (const step of reachable) claimFlow(step, flow, document);
  return [...ids.values()];
}

/** Parameters that name the instance of a command become hosts, whatever uses them first. */
function prepareHosts(steps: readonly SourceStep[], { parameters }: SsmDocument): void {
  for (const { entry, action } of steps) {
    const inputs = isMap(entry['inputs']) ? entry['inputs'] : {};
    if (action !== 'aws:runCommand' || scalarText(inputs['DocumentName'])?.endsWith('AWS-RunShellScript') !== true) continue;
    const given = inputs['InstanceIds'];
    for (const id of isList(given) ? given : [given]) parameters.get(soleName(scalarText(id) ?? '') ?? '')?.becomeHost();
  }
}

interface Capturing {
  readonly document: SsmDocument;
  readonly captured: Map<string, string>;
  readonly steps: readonly SourceStep[];
}

/** The output of a command becomes a value when a later step uses it. */
function captureAnd(step: SourceStep, { document, captured, steps }: Capturing): ImportedAction {
  const names = outputNames(step).filter((name) => isUsed(name, step, steps));
  const isCommand = step.action === 'aws:runCommand' || step.action === 'aws:runShellScript';
  if (names.length === 0 || !isCommand) return actionOf(step, document);
  const before = actionOf(step, document);
  if (before.says === null) return before;
  const variable = document.builder.addVariable(`${step.name}_output`);
  for (const name of [`${step.name}.Output`, ...names]) captured.set(name, variable);
  return { ...before, body: { ...before.body, capture: { [variable]: 'stdout' } } };
}

/** `Step.Output`, and the names under which `outputs` gives the same on. */
function outputNames({ entry, name }: SourceStep): readonly string[] {
  const { outputs } = entry;
  const named = isList(outputs) ? outputs.filter(isMap).filter(({ Selector }) => /^\$?\.?Output$/.test(scalarText(Selector) ?? '')) : [];
  return [`${name}.Output`, ...named.map((output) => `${name}.${scalarText(output['Name']) ?? ''}`)];
}

function isUsed(name: string, by: SourceStep, steps: readonly SourceStep[]): boolean {
  const pattern = new RegExp(String.raw`\{\{\s*${name.replaceAll(/[.*+?^$()|[\]{}\\/-]/g, String.raw`\$&`)}\s*\}\}`);
  return steps.slice(steps.indexOf(by) + 1).some(({ entry }) => pattern.test(JSON.stringify(entry)));
}

function failureOf(
  step: SourceStep,
  { ids, action }: { readonly ids: ReadonlyMap<string, string>; readonly action: ImportedAction },
): Pick<RawBody, 'onFailure'> {
  const written = scalarText(step.entry['onFailure']) ?? '';
  const target = failureTarget(step.entry);
  const goto = target === null ? undefined : ids.get(target);
  const isCall = action.body.call !== undefined;
  if (goto !== undefined && !isCall && isLater(goto, step, ids)) return { onFailure: { goto } };
  if (written !== 'Continue') return {};
  return { onFailure: isFalse(step.entry['isCritical']) && !isCall ? 'warn' : 'continue' };
}

function isLater(goto: string, { name }: SourceStep, ids: ReadonlyMap<string, string>): boolean {
  const order = [...ids.values()];
  return order.indexOf(goto) > order.indexOf(ids.get(name) ?? '');
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

function noteOf({ entry }: SourceStep): Pick<RawBody, 'note'> {
  const description = (scalarText(entry['description']) ?? '').trim();
  return description === '' ? {} : { note: description };
}

interface Claiming {
  readonly id: string;
  readonly action: ImportedAction;
  readonly document: SsmDocument;
}

function claim(step: SourceStep, { id, action, document: { ledger } }: Claiming): void {
  const { at } = step;
  const inside = hasInputsInside(step);
  if (action.says === null) {
    const hasTimeout = timeoutOf(step).timeout !== undefined && action.body.timeout !== undefined;
    const keys = ['name', 'action', 'description', 'precondition', 'inputs', ...(hasTimeout ? ['timeoutSeconds'] : [])];
    ledger.manual({ at, ...(inside ? {} : { keys }), became: id, why: action.why });
    return;
  }
  const says = action.says.map((path) => (inside && path[0] === 'inputs' ? path.slice(1) : path));
  ledger.understood({ at, keys: ['name', 'description', ...says], became: id, why: action.why });
  if (action.body.capture !== undefined) ledger.understood({ at, keys: ['outputs'], became: id, why: 'The output is captured.' });
  ledger.understood({ at, keys: ['precondition'].filter(() => isForLinux(step)), became: null, why: 'It is for Linux, as every runbook.' });
}

function isForLinux({ entry }: SourceStep): boolean {
  const text = JSON.stringify(entry['precondition'] ?? null);
  return text === JSON.stringify({ StringEquals: ['platformType', 'Linux'] });
}

/** What is said by the order of the steps and their conditions. */
function claimFlow(step: SourceStep, flow: Flow, { ledger }: SsmDocument): void {
  const { entry, at, name } = step;
  const next = scalarText(entry['nextStep']);
  const known = next === null || flow.waysTo.has(next);
  if (!flow.backward.has(name) && known) ledger.understood({ at, keys: ['nextStep'], became: null, why: 'The order of the steps.' });
  ledger.understood({ at, keys: ['isEnd'], became: null, why: 'What comes after it has a condition, or nothing does.' });
  const target = failureTarget(entry);
  const written = scalarText(entry['onFailure']);
  if (written === 'Abort' || written === 'Continue' || (target !== null && flow.waysTo.has(target) && !flow.backward.has(name))) {
    ledger.understood({ at, keys: ['onFailure', 'isCritical'], became: null, why: 'What a failure leads to.' });
  } else ledger.understood({ at, keys: ['isCritical'], became: null, why: 'A failure stops the drill.' });
}
