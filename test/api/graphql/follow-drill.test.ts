// The feed of a drill's journal while the database is away for a moment.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../api/db/database-error.ts';
import { followDrill } from '../../../api/graphql/follow-drill.ts';
import { drillApp, type DrillApp } from '../application/drill-app.ts';

let t: DrillApp;
beforeEach(async () => {
  t = await drillApp();
});
afterEach(() => t.end());

it('waits until the database is back, and misses nothing', { timeout: 20_000 }, async () => {
  const { drills } = t.app.database.stores;
  const entry = { seq: 1, at: 1, by: 'owen', event: { type: 'commented', text: 'Here.' } } as const;
  const away = new DatabaseError('UNREACHABLE', 'The server is away.');
  const reading = vi.spyOn(drills, 'journal').mockRejectedValueOnce(away).mockResolvedValueOnce([entry]);
  const feed = followDrill(t.app, 'DR-1', 0);
  expect(await feed.next()).toMatchObject({ value: { entry, bytes: null }, done: false });
  expect(reading).toHaveBeenCalledTimes(2);
  await feed.return?.();
});

it('ends with an error that does not pass by itself', async () => {
  vi.spyOn(t.app.database.stores.drills, 'journal').mockRejectedValue(new DatabaseError('MISUSED', 'A mistake.'));
  await expect(followDrill(t.app, 'DR-1', 0).next()).rejects.toThrow('A mistake.');
});
