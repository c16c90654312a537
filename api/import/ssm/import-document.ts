// A document of AWS Systems Manager as a runbook: shell commands run, what calls Amazon's own API is for a person.
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import type { ImportedRunbook, Importer, ImportOptions } from '../imported-runbook.ts';
import { openLedger, shown } from '../runbook-source/ledger.ts';
import type { Reason } from '../runbook-source/ledger.ts';
import { readSource } from '../runbook-source/read-source.ts';
import type { ReadSource } from '../runbook-source/read-source.ts';
import { isMap, scalarText, valueAt } from '../runbook-source/source-path.ts';
import type { SourceLeaf } from '../runbook-source/source-path.ts';
import { finishRunbook, recoveryClock } from '../write-runbook/finish-runbook.ts';
import { keyFrom, titleFrom } from '../write-runbook/names.ts';
import { runbookBuilder } from '../write-runbook/runbook-builder.ts';
import type { SsmDocument } from './document.ts';
import { flowOf } from './flow.ts';
import { readParameters } from './parameters.ts';
import { readSteps } from './read-steps.ts';
import { addSteps } from './add-steps.ts';

export const importDocument: Importer = (text, fileName, options) => {
  const source = readSource(text, fileName);
  if (!source.ok) return source;
  const { data } = source.value;
  if (!isMap(data)) return refused('INVALID_INPUT', `${fileName} is not a document of Systems Manager: it has no keys such as \`mainSteps\`.`);
  const imported = readDocument(data, source.value, { ...options, fileName });
  return imported.ok ? done([imported.value]) : imported;
};

function readDocument(
  data: Readonly<Record<string, unknown>>,
  source: ReadSource,
  { fileName, key }: ImportOptions & { readonly fileName: string },
): Result<ImportedRunbook> {
  const ledger = openLedger(data, (path) => source.lineOf(path));
  const builder = runbookBuilder();
  const parameters = readParameters(data['parameters'], { ledger, builder });
  const steps = readSteps(data);
  const flow = flowOf(steps);
  if (flow === null) return refused('INVALID_INPUT', `${fileName} branches in more ways than a runbook can say. Split it into several documents.`);
  const captured = new Map<string, string>();
  const title = titleOf(data, fileName);
  const own = key ?? keyFrom(title) ?? 'document';
  const document: SsmDocument = { data, key: own, ledger, builder, parameters, captured };
  const ids = addSteps({ steps, flow, document, captured });
  ledger.understood({ at: ['schemaVersion'], became: null, why: 'The version of the format.' });
  ledger.understood({ at: ['description'], became: 'summary', why: 'The description.' });
  const recovery = recoveryClock(ids, builder.steps);
  const head = {
    key: own,
    title,
    summary: scalarText(data['description']) ?? '',
    more: recovery === null ? {} : { clocks: { recovery } },
  };
  return finishRunbook({ source: 'a document of AWS Systems Manager', fileName, head, builder, account: ledger.close(whyNotIn(data)) });
}

/** A longer first line is a text, not a title. */
const LONGEST_TITLE = 80;

/** Documents have no title: it is a short first line of the description, or the name of the file. */
function titleOf(data: Readonly<Record<string, unknown>>, fileName: string): string {
  const [line = ''] = (scalarText(data['description']) ?? '').trim().split('\n');
  const plain = line
    .replaceAll(/[*_#`]/g, '')
    .replace(/\.$/, '')
    .trim();
  if (plain !== '' && plain.length <= LONGEST_TITLE) return plain;
  const name = (fileName.split('/').at(-1) ?? fileName).replace(/\.\w+$/, '');
  return titleFrom(name === '' ? 'Document' : name);
}

const REASONS: Readonly<Record<string, string>> = {
  assumeRole: 'Runbooks sign in to hosts with their own key and have no role at Amazon',
  parameters: 'Nothing in the steps uses it',
  outputs: 'A runbook hands nothing on; what steps print is kept in the drill',
  files: 'Attachments are not in the document; put files beside the runbook',
};

const STEP_REASONS: Readonly<Record<string, string>> = {
  maxAttempts: 'A step that may run twice can have `idempotent: true` and `retry`',
  onCancel: 'What happens when a run is cancelled is said by `undo` and `always`',
  timeoutSeconds: 'The step cannot have this timeout',
  nextStep: 'It leads back, to an end, or to a step that does not exist',
  onFailure: 'A failure stops the drill',
  outputs: 'Nothing later uses it, or it is no output of a command',
  InstanceIds: 'One host is asked for; write several under `targets`',
  Targets: 'One host is asked for; write several under `targets`',
};

function whyNotIn(data: unknown): (leaf: SourceLeaf) => Reason | null {
  return ({ path }) => {
    const [first, second] = path;
    const why = REASONS[String(first)];
    if (why !== undefined) {
      const at = first === 'parameters' && second !== undefined ? path.slice(0, 2) : path.slice(0, 1);
      return { at, why: `${why}: ${shown(valueAt(data, at))}.` };
    }
    const key = path.findIndex((part) => Object.hasOwn(STEP_REASONS, String(part)));
    if (key < 0) return null;
    const at = path.slice(0, key + 1);
    return { at, why: `${STEP_REASONS[String(path[key])] ?? ''}: ${shown(valueAt(data, at))}.` };
  };
}
