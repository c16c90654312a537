// The end of every import: head, comments and account around what was gathered, written and read again.
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import type { RawRunbook } from '../../domain/runbook/raw-runbook.ts';
import type { ImportedRunbook, ImportNote } from '../imported-runbook.ts';
import type { Account } from '../runbook-source/ledger.ts';
import type { RunbookBuilder } from './runbook-builder.ts';
import { writeRunbook } from './write-runbook.ts';

export interface RunbookHead {
  readonly key: string;
  readonly title: string;
  readonly summary?: string;
  readonly more?: Partial<Pick<RawRunbook, 'services' | 'scenario' | 'level' | 'owner' | 'review' | 'clocks' | 'defaults' | 'lock'>>;
}

export interface Finished {
  /** "the chaostoolkit experiment", for sentences. */
  readonly source: string;
  readonly fileName: string;
  readonly head: RunbookHead;
  readonly builder: RunbookBuilder;
  readonly account: Account;
}

/** Refused when nothing can be done with the source, or when the runbook would not be valid; the reason is the first problem's. */
export function finishRunbook(finished: Finished): Result<ImportedRunbook> {
  const { source, fileName, head, builder, account } = finished;
  if (builder.steps.length === 0) {
    return refused(
      'INVALID_INPUT',
      `${fileName}: "${head.title}" holds nothing that could become a step. Check that it is the right file and whole.`,
    );
  }
  const text = writeRunbook({
    opening: openingOf(finished),
    raw: rawHead(finished),
    beside: besideOf(finished),
    steps: builder.steps,
    closing: closingOf(finished),
  });
  const { problems } = parseRunbook(text, 'runbook.yaml', builder.files);
  const [problem] = problems;
  if (problem !== undefined) {
    const message = `${fileName}: ${source} cannot be said as a runbook: ${problem.message} ${problem.remedy}`;
    return refused('INVALID_INPUT', message, { problems });
  }
  return done({ key: head.key, title: head.title, files: new Map([['runbook.yaml', text], ...builder.files]), ...account });
}

/**
 * From the first of the steps to the last that runs in any case; null when there is none after it. A start that is good enough to be
 * corrected: only the owner knows which steps customers wait for.
 */
export function recoveryClock(ids: readonly string[], steps: RunbookBuilder['steps']): { readonly from: string; readonly to: string } | null {
  const [from] = ids;
  const always = steps.filter(({ raw }) => ids.includes(raw.id) && raw.when === undefined);
  const to = always.at(-1)?.raw.id;
  return from === undefined || to === undefined || ids.indexOf(to) < ids.indexOf(from) ? null : { from, to };
}

function rawHead({ head, builder }: Finished): Omit<RawRunbook, 'steps' | 'inputs'> & { readonly inputs: NonNullable<RawRunbook['inputs']> } {
  return {
    runbook: head.key,
    title: head.title,
    ...(head.summary === undefined || head.summary.trim() === '' ? {} : { summary: head.summary.trim() }),
    services: [UNKNOWN_SERVICE],
    scenario: 'host-loss',
    level: 'partial',
    inputs: Object.fromEntries(builder.inputs),
    targets: Object.fromEntries(builder.targets),
    ...head.more,
  };
}

/** The catalogue has no such service, so that nobody forgets to fill it in. */
export const UNKNOWN_SERVICE = 'fill-in';

function openingOf({ source, fileName }: Finished): readonly string[] {
  return [`Imported from ${fileName}, ${source}.`, 'Complete what is marked "fill in", then read every step as the one who will carry it out.'];
}

function besideOf({ head: { more = {} } }: Finished): Readonly<Record<string, string>> {
  const isWritten = (key: keyof NonNullable<RunbookHead['more']>): boolean => more[key] !== undefined;
  const whose = [...(isWritten('owner') ? [] : ['`owner:`']), ...(isWritten('review') ? [] : ['`review: {every: 180d}`'])].join(' and ');
  return {
    ...(isWritten('services') ? {} : { services: 'fill in: keys of the business services that it recovers' }),
    ...(isWritten('scenario') ? {} : { scenario: 'fill in: what was lost; site-loss, host-loss, data-loss, cyber, supplier-loss or another' }),
    ...(isWritten('level') ? {} : { level: `fill in: what a passed rehearsal proves${whose === '' ? '' : `; and add ${whose}`}` }),
    ...(isWritten('clocks') ? { clocks: 'fill in: with which step the recovery time begins, and with which it ends' } : {}),
  };
}

/** A comment is read; a list of hundreds is not. */
const MOST_CLOSING_LINES = 40;
const LONGEST_LINE = 220;

function closingOf({ account: { unplaced } }: Finished): readonly string[] {
  if (unplaced.length === 0) return [];
  const lines = unplaced.slice(0, MOST_CLOSING_LINES).map(noteLine);
  const more = unplaced.length > lines.length ? [`… and ${unplaced.length - lines.length} more, which the import lists.`] : [];
  return ['Not taken over:', ...lines, ...more];
}

function noteLine({ line, what, why }: ImportNote): string {
  const text = `- ${line === null ? '' : `line ${line}, `}${what}: ${why}`;
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}
