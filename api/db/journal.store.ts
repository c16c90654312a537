// The journals of drills: appended without hole or double, never changed; the bytes of output lie beside them.
import type { Selectable } from 'kysely';
import type { DrillStore, OutputChunk, OutputQuery } from '../application/stores.ts';
import type { DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import { byChunks, writeChunks } from './chunks.ts';
import { DatabaseError } from './database-error.ts';
import { drillId, drillNumber, knownDrillNumber } from './drill-rows.ts';
import type { Queries, Scope } from './scope.ts';
import type { JournalTable, OutputTable } from './tables.ts';
import { bytesOf, readJson, writeJson } from './values.ts';

type Parts = 'append' | 'journal' | 'lastSeq' | 'output' | 'outputOf' | 'entriesOfTypes';
type OutputEvent = Extract<DrillEvent, { readonly type: 'output' }>;

export function journalStore(scope: Scope): Pick<DrillStore, Parts> {
  return {
    append: (drill, entries, output) => scope.atomically((db) => append(db, drill, { entries, output })),
    journal: async (drill, after, limit) => {
      const rows = await scope.db
        .selectFrom('journal')
        .selectAll()
        .where('drill', '=', drillNumber(drill))
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    },
    lastSeq: (drill) => lastSeq(scope.db, drillNumber(drill)),
    output: (query) => outputChunks(scope.db, query),
    outputOf: async (drill, seqs) => {
      const rows = await byChunks(seqs, (chunk) =>
        scope.db.selectFrom('output').select(['seq', 'bytes']).where('drill', '=', drillNumber(drill)).where('seq', 'in', chunk).execute(),
      );
      return new Map(rows.map((row) => [row.seq, row.bytes]));
    },
    entriesOfTypes: async (drills, types) => {
      const numbers = drills.map(drillNumber).filter((number) => number !== null);
      const rows = types.length === 0 ? [] : await byChunks(numbers, (chunk) => entriesOfTypes(scope.db, chunk, types));
      const byDrill = Map.groupBy(rows, (row) => drillId(row.drill));
      return new Map([...byDrill].map(([drill, entries]) => [drill, entries.map(entryOf)]));
    },
  };
}

interface Addition {
  readonly entries: readonly JournalEntry[];
  readonly output: ReadonlyMap<number, Uint8Array>;
}

async function append(db: Queries, drill: string, { entries, output }: Addition): Promise<void> {
  const number = knownDrillNumber(drill);
  const last = await lastSeq(db, number);
  const wrong = entries.findIndex((entry, index) => entry.seq !== last + index + 1);
  if (wrong >= 0) {
    const message = `The journal of ${drill} goes on with ${last + wrong + 1}, not with ${entries[wrong]?.seq}. Read it again before adding to it.`;
    throw new DatabaseError('JOURNAL_ORDER', message);
  }
  const outputRows = outputRowsOf(number, { entries, output });
  const rows = entries.map(({ seq, at, by, event }) => ({ drill: number, seq, at, actor: by, type: event.type, event: writeJson(event) }));
  await writeChunks(rows, (chunk) => db.insertInto('journal').values(chunk).execute());
  await writeChunks(outputRows, (chunk) => db.insertInto('output').values(chunk).execute());
}

/** Throws when entries and bytes do not belong to each other: lost output would be noticed only when somebody looks for it. */
function outputRowsOf(drill: number, { entries, output }: Addition): readonly Selectable<OutputTable>[] {
  const rows = entries.flatMap(({ seq, event }) => {
    if (event.type !== 'output') return [];
    const chunk = output.get(seq);
    if (chunk === undefined) throw new DatabaseError('MISUSED', `Output entry ${seq} of drill ${drillId(drill)} comes without its bytes.`);
    return [{ drill, seq, step: event.step, host: event.host, bytes: bytesOf(chunk) }];
  });
  if (rows.length !== output.size) throw new DatabaseError('MISUSED', `There are bytes for drill ${drillId(drill)} that no output entry names.`);
  return rows;
}

async function lastSeq(db: Queries, drill: number | null): Promise<number> {
  const row = await db.selectFrom('journal').select('seq').where('drill', '=', drill).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

async function outputChunks(db: Queries, query: OutputQuery): Promise<readonly OutputChunk[]> {
  let chunks = db
    .selectFrom('output')
    .innerJoin('journal', (on) => on.onRef('journal.drill', '=', 'output.drill').onRef('journal.seq', '=', 'output.seq'))
    .select(['output.seq', 'journal.at', 'journal.event', 'output.bytes'])
    .where('output.drill', '=', drillNumber(query.drill))
    .where('output.step', '=', query.step)
    .where('output.seq', '>', query.after)
    .orderBy('output.seq', query.isFromEnd ? 'desc' : 'asc')
    .limit(query.limit);
  if (query.host !== null) chunks = chunks.where('output.host', '=', query.host);
  const rows = await chunks.execute();
  return (query.isFromEnd ? rows.toReversed() : rows).map((row) => {
    const { step, host, attempt, isUndo, stream, offset } = outputEventOf(row.event);
    return { seq: row.seq, at: row.at, step, host, attempt, isUndo, stream, offset, bytes: row.bytes };
  });
}

async function entriesOfTypes(
  db: Queries,
  drills: readonly number[],
  types: readonly DrillEvent['type'][],
): Promise<readonly Selectable<JournalTable>[]> {
  const rows = await db.selectFrom('journal').selectAll().where('drill', 'in', drills).where('type', 'in', types).execute();
  // Sorted here: asked for this order, SQLite would read whole journals, output entries included.
  return rows.toSorted((a, b) => a.drill - b.drill || a.seq - b.seq);
}

function outputEventOf(text: Selectable<JournalTable>['event']): OutputEvent {
  const event = readJson(text);
  if (event.type !== 'output') throw new TypeError(`an entry of type ${event.type} has no output`);
  return event;
}

function entryOf(row: Selectable<JournalTable>): JournalEntry {
  return { seq: row.seq, at: row.at, by: row.actor, event: readJson(row.event) };
}
