// The differences of two steps or heads, with what each of them does to the proof.
import { diffLines } from './line-diff.ts';
import { fieldsOf } from './fields.ts';
import type { FieldValue } from './fields.ts';
import type { FieldChange } from './runbook-diff.ts';

/** What changes nothing that a passed drill has proven. All else does: what is not known here voids. */
const HARMLESS: ReadonlySet<string> = new Set([
  'title',
  'summary',
  'owner',
  'review.every',
  'review.last',
  'lock',
  'note',
  'tags',
  'phase',
  'estimate',
  'optional',
  // What may run twice, or in a dry run, is not what a drill has done.
  'readOnly',
  'idempotent',
  'pointOfNoReturn',
  'keepGoing',
  // A person is asked the same, by another name or for another time.
  'role',
  'count',
  'expected',
  'evidence',
  // What a failure leads to: a step that passed has not gone there.
  'onFailure.goto',
]);
/** A drill that has passed with less would have passed with more. */
const HARMLESS_WHEN_MORE: ReadonlySet<string> = new Set(['timeout', 'retry.attempts', 'attempts']);
/** Of kinds that only tell or ask somebody. */
const HARMLESS_KINDS: ReadonlySet<string> = new Set(['notify', 'approve']);
/** Shell text and files. */
const TEXTS: ReadonlySet<string> = new Set(['command', 'undo', 'copy.content', 'canary.write.run', 'canary.read.run']);
const COMMANDS = /^(?:command|undo(?:\..*)?|action(?:\..*)?|copy(?:\..*)?|canary\.(?:write|read)\.run|shell|become|user|env\..*)$/;

/** Fields in alphabetical order. `kind` is that of a step that both have; null for a head. */
export function fieldChanges(before: object, after: object, kind: string | null): readonly FieldChange[] {
  const old = fieldsOf(before);
  const young = fieldsOf(after);
  return [...new Set([...old.keys(), ...young.keys()])].toSorted().flatMap((field): readonly FieldChange[] => {
    const [was, is] = [old.get(field) ?? null, young.get(field) ?? null];
    if (was?.text === is?.text) return [];
    const change = { field, before: was?.text ?? null, after: is?.text ?? null, voidsEvidence: voids({ field, was, is, kind }) };
    return [isText(field) ? { ...change, lines: diffLines(change.before ?? '', change.after ?? '') } : change];
  });
}

/** Whether a field is what runs: shell text, a request, a file, or the account they run as. */
export function isCommandField(field: string): boolean {
  return COMMANDS.test(ofVariant(field));
}

function isText(field: string): boolean {
  return TEXTS.has(ofVariant(field));
}

/** What a rehearsal does instead has the same fields. */
function ofVariant(field: string): string {
  return field.startsWith('drill.') ? field.slice('drill.'.length) : field;
}

interface Difference {
  readonly field: string;
  readonly was: FieldValue | null;
  readonly is: FieldValue | null;
  readonly kind: string | null;
}

function voids({ field, was, is, kind }: Difference): boolean {
  const own = ofVariant(field);
  if (HARMLESS.has(own)) return false;
  if (/^inputs\..*\.ask$/.test(own)) return false;
  if (own === 'needs') return asSet(was) !== asSet(is);
  if (own === 'onFailure') return was?.text === 'continue' || was?.text === 'warn';
  // Without a number of attempts a wait looks as often as its time allows.
  if (HARMLESS_WHEN_MORE.has(own)) return (is?.amount ?? Infinity) < (was?.amount ?? Infinity);
  if (kind === 'confirm' && own === 'timeout') return false;
  return !(kind !== null && HARMLESS_KINDS.has(kind) && own !== 'when' && own !== 'kind');
}

function asSet(value: FieldValue | null): string {
  return (value?.text ?? '').split(', ').toSorted().join(' ');
}
