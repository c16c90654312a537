// What one step of a document does, as the body of a step; what has no meaning over SSH is for a person, with the original text.
import { writeDuration } from '../../domain/duration.ts';
import type { RawBody } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { keyFrom, variableFrom } from '../write-runbook/names.ts';
import { fencedData } from '../write-runbook/original-text.ts';
import { shownText, templateText } from './document.ts';
import type { SourceStep, SsmDocument } from './document.ts';
import { pauseBetween } from './iso-duration.ts';
import type { ImportedAction } from './imported-action.ts';
import { commandAction } from './shell-action.ts';

export function actionOf(step: SourceStep, document: SsmDocument): ImportedAction {
  return understood(step, document) ?? manualAction(step, document);
}

function understood(step: SourceStep, document: SsmDocument): ImportedAction | null {
  switch (step.action) {
    case 'aws:runCommand':
    case 'aws:runShellScript':
      return commandAction(step, document);
    case 'aws:sleep':
      return sleepAction(step);
    case 'aws:approve':
      return approveAction(step, document);
    case 'aws:pause':
      return {
        body: { confirm: 'Say *done* when the drill may go on.', ...timeoutOf(step) },
        says: [['action'], ['inputs'], ...timeoutPath(step)],
        why: 'A person lets it go on.',
      };
    case 'aws:executeAutomation':
      return callAction(step, document);
    default:
      return null;
  }
}

function inputsOf({ entry }: SourceStep): Readonly<Record<string, unknown>> {
  return isMap(entry['inputs']) ? entry['inputs'] : {};
}

function sleepAction(step: SourceStep): ImportedAction | null {
  const duration = pauseBetween(scalarText(inputsOf(step)['Duration']) ?? '');
  return duration === null ? null : { body: { sleep: duration }, says: [['action'], ['inputs', 'Duration']], why: 'A pause.' };
}

/** What the language takes. */
const MOST_APPROVALS = 20;

function approveAction(step: SourceStep, document: SsmDocument): ImportedAction {
  const inputs = inputsOf(step);
  const asked = Number(scalarText(inputs['MinRequiredApprovals']) ?? '1');
  const count = Number.isInteger(asked) && asked > 1 && asked <= MOST_APPROVALS ? asked : 1;
  const message = scalarText(inputs['Message']) ?? '';
  const approvers = isList(inputs['Approvers']) ? inputs['Approvers'].map((approver) => scalarText(approver) ?? '').join(', ') : '';
  const instruction = [
    message === '' ? 'Go or no-go?' : message,
    ...(approvers === '' ? [] : [`In Systems Manager these were asked: ${approvers}.`]),
  ].join('\n\n');
  const isCounted = count === asked || asked === 1;
  return {
    body: { approve: { ...(count === 1 ? {} : { count }), instruction: shownText(instruction, document) }, ...timeoutOf(step) },
    says: [
      ['action'],
      ['inputs', 'Message'],
      ['inputs', 'Approvers'],
      ...(isCounted ? [['inputs', 'MinRequiredApprovals']] : []),
      ...timeoutPath(step),
    ],
    why: 'Go or no-go by somebody other than the one who started the drill.',
  };
}

function callAction(step: SourceStep, document: SsmDocument): ImportedAction | null {
  const inputs = inputsOf(step);
  const name = scalarText(inputs['DocumentName']) ?? '';
  const runbook = keyFrom(name.split('/').at(-1) ?? '');
  // Amazon's own documents call its API; no runbook is there for them.
  if (runbook === null || runbook === document.key || /^AWS[A-Z]*-/.test(name) || name.includes('{{')) return null;
  const given = isMap(inputs['RuntimeParameters']) ? inputs['RuntimeParameters'] : {};
  const values: Record<string, string> = {};
  for (const [parameter, value] of Object.entries(given)) {
    const text = scalarText(isList(value) && value.length === 1 ? value[0] : value);
    const template = text === null ? null : templateText(text, document);
    if (template === null) return null;
    values[variableFrom(parameter, Object.keys(values))] = template;
  }
  return {
    body: { call: Object.keys(values).length === 0 ? runbook : { runbook, with: values } },
    says: [['action'], ['inputs', 'DocumentName'], ['inputs', 'RuntimeParameters']],
    why: `The other document is the runbook \`${runbook}\`, which has to be imported as well.`,
  };
}

function manualAction(step: SourceStep, document: SsmDocument): ImportedAction {
  const { entry, action } = step;
  const verb = action === 'aws:branch' ? 'Decide which way to go. In the document it was:' : 'Do by hand what this step of the document does:';
  const text = `${verb}\n\n${fencedData({ action, ...partOf(entry, 'precondition'), ...partOf(entry, 'inputs') })}`;
  return { body: { confirm: shownText(text, document) }, says: null, why: whyManual(action) };
}

function partOf(entry: SourceStep['entry'], key: string): Readonly<Record<string, unknown>> {
  return entry[key] === undefined ? {} : { [key]: entry[key] };
}

function whyManual(action: string): string {
  if (action === 'aws:runCommand' || action === 'aws:runShellScript') {
    return 'It is no shell text, or a value is pasted where it would be read as program text, or one that only Systems Manager has.';
  }
  if (action.includes('PowerShell')) return 'PowerShell is not run over SSH.';
  return `\`${action}\` is not a command on a host: a person does it or looks it up.`;
}

/** Longer waits than a month are a slip of the pen. */
const LONGEST_TIMEOUT_S = 31 * 86_400;

export function timeoutOf({ entry }: SourceStep): Pick<RawBody, 'timeout'> {
  const seconds = Number(scalarText(entry['timeoutSeconds']) ?? Number.NaN);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= LONGEST_TIMEOUT_S ? { timeout: writeDuration(seconds * 1_000) } : {};
}

export function timeoutPath(step: SourceStep): readonly (readonly string[])[] {
  return timeoutOf(step).timeout === undefined ? [] : [['timeoutSeconds']];
}
