// Journals have no hole, no double and no change; output comes back byte for byte.
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../api/domain/drill/journal.ts';
import { onEachDatabase } from '../../support/database.ts';
import { entry, outputEvent, putDrill } from './records.ts';

const none: ReadonlyMap<number, Uint8Array> = new Map();
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

onEachDatabase('the journal', (current) => {
  const newDrill = (): Promise<string> => putDrill(current().stores);
  const withOutput = async (): Promise<string> => {
    const id = await newDrill();
    const entries = [
      entry(1, outputEvent()),
      entry(2),
      entry(3, outputEvent({ host: 'db2', stream: 'stderr' })),
      entry(4, outputEvent({ step: 'start' })),
      entry(5, outputEvent({ offset: 3, isUndo: true, attempt: 2 })),
    ];
    const bytes = new Map([1, 3, 4, 5].map((seq) => [seq, Buffer.from(`<${seq}>`)]));
    await current().stores.drills.append(id, entries, bytes);
    return id;
  };

  it('gives back what was appended, in slices', async () => {
    const { drills } = current().stores;
    const id = await newDrill();
    expect(await drills.lastSeq(id)).toBe(0);
    const entries: readonly JournalEntry[] = [
      entry(1, { type: 'requested', mode: 'failover', planHash: 'x', approvalsNeeded: 2 }),
      entry(2, { type: 'commented', text: 'Grüße \u0000 \u{1F6A2} "quoted"' }),
      entry(3, {
        type: 'attempt-ended',
        step: 'stop',
        host: 'db1',
        attempt: 1,
        isUndo: false,
        outcome: 'failed',
        exitCode: 3,
        signal: null,
        reason: 'exit code 3',
        captured: { lag: '0' },
      }),
    ];
    await drills.append(id, entries.slice(0, 2), none);
    await drills.append(id, entries.slice(2), none);
    await drills.append(id, [], none);
    expect(await drills.journal(id, 0, 100)).toEqual(entries);
    expect(await drills.journal(id, 1, 1)).toEqual([entries[1]]);
    expect(await drills.journal(id, 3, 100)).toEqual([]);
    expect(await drills.lastSeq(id)).toBe(3);
  });

  it.each([
    ['a seq that is taken', [2]],
    ['a hole', [4]],
    ['a hole further on', [3, 5]],
    ['a double', [3, 3]],
    ['the wrong order', [4, 3]],
  ])('refuses %s and stores nothing of it', async (_what, seqs) => {
    const { drills } = current().stores;
    const id = await newDrill();
    await drills.append(id, [entry(1), entry(2)], none);
    const appended = drills.append(
      id,
      seqs.map((seq) => entry(seq)),
      none,
    );
    await expect(appended).rejects.toMatchObject({ code: 'JOURNAL_ORDER', message: expect.stringContaining(id) });
    expect(await drills.lastSeq(id)).toBe(2);
  });

  it('takes one of several that want the same seq', async () => {
    const { drills } = current().stores;
    const id = await newDrill();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => drills.append(id, [entry(1)], none)));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await drills.journal(id, 0, 10)).toHaveLength(1);
  });

  it('is of a drill that exists', async () => {
    await expect(current().stores.drills.append('DR-9', [entry(1)], none)).rejects.toThrow(/foreign key/i);
  });

  it('leaves nothing when the write fails after it', async () => {
    const { database, stores } = current();
    const id = await newDrill();
    const failing = database.write(async (inside) => {
      await inside.drills.append(id, [entry(1, outputEvent())], new Map([[1, Buffer.from('abc')]]));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await stores.drills.lastSeq(id)).toBe(0);
    expect((await stores.drills.outputOf(id, [1])).size).toBe(0);
  });

  it.each(["update journal set event = '{}'", 'delete from journal', 'update journal set seq = 9 where seq = 1'])(
    'refuses: %s',
    async (statement) => {
      const id = await newDrill();
      await current().stores.drills.append(id, [entry(1)], none);
      await expect(current().runSql(statement)).rejects.toThrow('the table journal is append-only');
      expect(await current().stores.drills.journal(id, 0, 10)).toEqual([entry(1)]);
    },
  );

  it('gives the entries of some types in many drills with a few statements', async () => {
    const { drills } = current().stores;
    const [one, two, three] = [await newDrill(), await newDrill(), await newDrill()];
    await drills.append(one, [entry(1, { type: 'started' }), entry(2), entry(3, { type: 'paused' })], none);
    await drills.append(two, [entry(1), entry(2, { type: 'started' })], none);
    await drills.append(three, [entry(1)], none);
    const before = current().statements.length;
    const absent = Array.from({ length: 990 }, (_, index) => `DR-${index + 10}`);
    expect(await drills.entriesOfTypes([one, two, three, ...absent], ['paused', 'started'])).toEqual(
      new Map([
        [one, [entry(1, { type: 'started' }), entry(3, { type: 'paused' })]],
        [two, [entry(2, { type: 'started' })]],
      ]),
    );
    expect(current().statements.length - before).toBe(2);
    expect((await drills.entriesOfTypes([], ['started'])).size).toBe(0);
    expect((await drills.entriesOfTypes([one], [])).size).toBe(0);
  });

  describe('keeps output', () => {
    const query = { step: 'stop', host: null, after: 0, limit: 100, isFromEnd: false };

    it('of a step, whole, by host, in slices and from its end', async () => {
      const { drills } = current().stores;
      const drill = await withOutput();
      await putDrill(current().stores);
      const seqs = async (fields: Partial<typeof query> | { host: string }): Promise<readonly number[]> =>
        (await drills.output({ ...query, drill, ...fields })).map((chunk) => chunk.seq);
      expect(await seqs({})).toEqual([1, 3, 5]);
      expect(await seqs({ host: 'db1' })).toEqual([1, 5]);
      expect(await seqs({ after: 1, limit: 1 })).toEqual([3]);
      expect(await seqs({ isFromEnd: true, limit: 2 })).toEqual([3, 5]);
      expect(await seqs({ isFromEnd: true, limit: 2, after: 3 })).toEqual([5]);
      expect(await seqs({ step: 'nothing' })).toEqual([]);
      const [, , last] = await drills.output({ ...query, drill });
      expect({ ...last, bytes: text(last?.bytes) }).toEqual({
        seq: 5,
        at: 1_005,
        step: 'stop',
        host: 'db1',
        attempt: 2,
        isUndo: true,
        stream: 'stdout',
        offset: 3,
        bytes: '<5>',
      });
    });

    it('by the seqs of its entries', async () => {
      const drill = await withOutput();
      const found = await current().stores.drills.outputOf(drill, [5, 2, 1, 77]);
      expect(Object.fromEntries([...found].map(([seq, bytes]) => [seq, text(bytes)]))).toEqual({ 1: '<1>', 5: '<5>' });
    });

    it('byte for byte, also a slice of a larger buffer', async () => {
      const id = await newDrill();
      const large = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);
      await current().stores.drills.append(
        id,
        [entry(1, outputEvent({ length: 500 })), entry(2, outputEvent({ length: 0 }))],
        new Map([
          [1, large.subarray(200, 700)],
          [2, new Uint8Array(0)],
        ]),
      );
      const found = await current().stores.drills.outputOf(id, [1, 2]);
      expect(Buffer.compare(Buffer.from(found.get(1) ?? []), large.subarray(200, 700))).toBe(0);
      expect(found.get(2)).toHaveLength(0);
    });

    it('that can be deleted when it is old, while the journal stays', async () => {
      const drill = await withOutput();
      await current().runSql('delete from output');
      expect(await current().stores.drills.output({ ...query, drill })).toEqual([]);
      expect(await current().stores.drills.lastSeq(drill)).toBe(5);
    });

    it('only with its entry, and an entry only with its bytes', async () => {
      const { drills } = current().stores;
      const id = await newDrill();
      await expect(drills.append(id, [entry(1, outputEvent())], none)).rejects.toMatchObject({ code: 'MISUSED' });
      await expect(drills.append(id, [entry(1)], new Map([[1, Buffer.from('abc')]]))).rejects.toMatchObject({ code: 'MISUSED' });
      expect(await drills.lastSeq(id)).toBe(0);
    });
  });
});
