// The front matter of a Markdown procedure: who owns it, what it recovers, when it was read last.
import { parseDuration, writeDuration } from '../../domain/duration.ts';
import { parseDay } from '../../domain/runbook/schema/formats.ts';
import { openLedger, shown } from '../runbook-source/ledger.ts';
import type { Account } from '../runbook-source/ledger.ts';
import { readSource } from '../runbook-source/read-source.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import type { RunbookHead } from '../write-runbook/finish-runbook.ts';
import { keyFrom } from '../write-runbook/names.ts';

export interface FrontMatter {
  readonly title: string | null;
  readonly summary: string | null;
  readonly more: NonNullable<RunbookHead['more']>;
  readonly objective: string | null;
  readonly account: Account;
  /** What comes after it, and how many lines were before. */
  readonly rest: string;
  readonly lines: number;
}

const NOTHING: Account = { understood: [], manual: [], unplaced: [] };

export function readFrontMatter(text: string): FrontMatter {
  const match = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/.exec(text);
  const none = { title: null, summary: null, more: {}, objective: null, account: NOTHING, rest: text, lines: 0 };
  if (match === null || (match[1] ?? '').trim() === '') return none;
  const [whole, inside = ''] = match;
  const place = { rest: text.slice(whole.length), lines: whole.split('\n').length - 1 };
  const source = readSource(inside, 'front matter');
  if (!source.ok || !isMap(source.value.data)) {
    const why = `It cannot be read as YAML: ${source.ok ? 'it has no keys.' : source.refusal.message}`;
    return { ...none, ...place, account: { ...NOTHING, unplaced: [{ line: 1, what: 'front matter', became: null, why }] } };
  }
  const { data, lineOf } = source.value;
  const ledger = openLedger(data, (path) => (lineOf(path) ?? 0) + 1);
  const read = readKeys(data, (key, became, why) => ledger.understood({ at: [key], became, why }));
  const account = ledger.close(({ path }) => ({ at: path.slice(0, 1), why: `Runbooks have nothing like it: ${shown(data[String(path[0])])}.` }));
  return { ...read, ...place, account };
}

type Claim = (key: string, became: string, why: string) => void;

function readKeys(data: Readonly<Record<string, unknown>>, claim: Claim): Pick<FrontMatter, 'title' | 'summary' | 'more' | 'objective'> {
  const text = (became: string, names: readonly string[]): string | null => {
    const name = names.find((candidate) => (scalarText(data[candidate]) ?? '').trim() !== '');
    if (name === undefined) return null;
    claim(name, became, 'From the front matter.');
    return (scalarText(data[name]) ?? '').trim();
  };
  const title = text('title', ['title', 'name']);
  const summary = text('summary', ['summary', 'description']);
  const owner = text('owner', ['owner', 'owners', 'team', 'author']);
  const services = servicesIn(data, claim);
  const review = reviewIn(data, claim);
  const scenario = keyIn(data, 'scenario', claim);
  return {
    title,
    summary,
    more: {
      ...(owner === null ? {} : { owner }),
      ...(services === null ? {} : { services }),
      ...(review === null ? {} : { review }),
      ...(scenario === null ? {} : { scenario }),
    },
    objective: objectiveIn(data, claim),
  };
}

/** What the language takes. */
const MOST_SERVICES = 200;

function servicesIn(data: Readonly<Record<string, unknown>>, claim: Claim): readonly string[] | null {
  const name = ['services', 'service'].find((candidate) => data[candidate] !== undefined);
  if (name === undefined) return null;
  const written = data[name];
  const list = isList(written) ? written : [written];
  const services = list.flatMap((service) => (scalarText(service) ?? '').split(',')).map((service) => service.trim());
  const distinct = [...new Set(services)];
  if (distinct.includes('') || distinct.length === 0 || distinct.length > MOST_SERVICES) return null;
  claim(name, 'services', 'They have to be keys of the catalogue.');
  return distinct;
}

function keyIn(data: Readonly<Record<string, unknown>>, name: string, claim: Claim): string | null {
  const key = keyFrom(scalarText(data[name]) ?? '');
  if (key !== null) claim(name, name, 'From the front matter.');
  return key;
}

const DAY_MS = 86_400_000;
/** Where only the day of the last review is known; the comment beside it asks for the right one. */
const USUAL_REVIEW = '180d';

function reviewIn(data: Readonly<Record<string, unknown>>, claim: Claim): { readonly every: string; readonly last?: string } | null {
  const nested = data['review'];
  if (isMap(nested)) {
    const every = durationIn(nested['every']);
    const last = dayIn(nested['last']);
    if (every === null || Object.keys(nested).some((key) => key !== 'every' && key !== 'last') || (nested['last'] !== undefined && last === null))
      return null;
    claim('review', 'review', 'From the front matter.');
    return { every, ...(last === null ? {} : { last }) };
  }
  const day = (names: readonly string[]): { readonly name: string; readonly day: string } | null => {
    for (const name of names) {
      const found = dayIn(data[name]);
      if (found !== null) return { name, day: found };
    }
    return null;
  };
  const last = day(['last_reviewed', 'last-reviewed', 'lastReviewed', 'last_review', 'reviewed', 'reviewed_at', 'last-review']);
  const next = day(['next_review', 'next-review', 'nextReview', 'review_by', 'review-by', 'review_date']);
  const name = ['review', 'review_every', 'review-every', 'review_interval', 'review-interval', 'review_cycle'].find(
    (key) => durationIn(data[key]) !== null,
  );
  const written = name === undefined ? null : durationIn(data[name]);
  if (last === null && written === null) return null;
  const days = last === null || next === null ? 0 : Math.round(((parseDay(next.day) ?? 0) - (parseDay(last.day) ?? 0)) / DAY_MS);
  const every = written ?? (days > 0 ? `${days}d` : USUAL_REVIEW);
  if (last !== null) claim(last.name, 'review.last', 'The day of the last review.');
  if (name !== undefined) claim(name, 'review.every', 'How often it is reviewed.');
  else if (next !== null && days > 0) claim(next.name, 'review.every', 'From the last review to the next one.');
  return { every, ...(last === null ? {} : { last: last.day }) };
}

function dayIn(value: unknown): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec((scalarText(value) ?? '').trim())?.[1];
  return day === undefined || parseDay(day) === null ? null : day;
}

const WORDS: Readonly<Record<string, string>> = { weekly: '7d', monthly: '30d', quarterly: '90d', yearly: '365d', annually: '365d' };
const UNITS: Readonly<Record<string, number>> = {
  second: 1_000,
  sec: 1_000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
  hr: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

/** `30m`, `4 hours`, `6 months`, `quarterly`; as the language writes it. */
function durationIn(value: unknown): string | null {
  const text = (scalarText(value) ?? '').trim().toLowerCase();
  const known = WORDS[text];
  if (known !== undefined) return known;
  const words = /^(\d{1,6})\s*([a-z]+?)s?$/.exec(text);
  const unit = UNITS[words?.[2] ?? ''];
  const ms = parseDuration(text) ?? (words === null || unit === undefined ? null : Number(words[1]) * unit);
  return ms === null || ms === 0 ? null : writeDuration(ms);
}

function objectiveIn(data: Readonly<Record<string, unknown>>, claim: Claim): string | null {
  const name = ['rto', 'RTO', 'recovery_time_objective'].find((key) => durationIn(data[key]) !== null);
  if (name === undefined) return null;
  claim(name, 'clocks.recovery.objective', 'The recovery time objective.');
  return durationIn(data[name]);
}
