// Approving a revision of a runbook: never by its author, once, and written down.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { approveRevision, whyNotApprove } from '../../../api/application/approve-revision.ts';
import { ADAM, AUDREY, CARLA, DORA, drillApp, moveRunbook, OWEN, refusalOf, STRANGER, valueOf, type DrillApp } from './drill-app.ts';

let t: DrillApp;
let hash: string;

beforeEach(async () => {
  t = await drillApp();
  hash = await t.addRunbook(moveRunbook('move-mail'), { author: 'owen', approver: null });
});
afterEach(() => t.end());

const stored = () => t.app.database.stores.runbooks.revision(hash);

it('is for coordinators and owners other than its author', async () => {
  expect(refusalOf(await approveRevision(t.app, OWEN, hash)).message).toBe('You wrote revision 1 of move-mail, so somebody else approves it.');
  for (const actor of [STRANGER, AUDREY, ADAM]) expect(refusalOf(await approveRevision(t.app, actor, hash)).code).toBe('FORBIDDEN');
  expect(refusalOf(await approveRevision(t.app, null, hash)).code).toBe('UNAUTHENTICATED');
  expect((await stored())?.approvedAt).toBeNull();
  for (const actor of [DORA, CARLA]) expect(await whyNotApprove(t.app, actor, await stored())).toBeNull();
});

it('is kept with who and when, and recorded; a second time changes nothing', async () => {
  const at = t.app.clock();
  expect(valueOf(await approveRevision(t.app, DORA, hash))).toMatchObject({ hash, approvedAt: at, approvedBy: 'dora' });
  t.advance(1_000);
  expect(valueOf(await approveRevision(t.app, CARLA, hash))).toMatchObject({ approvedAt: at, approvedBy: 'dora' });
  expect(await stored()).toMatchObject({ approvedAt: at, approvedBy: 'dora' });
  const events = await t.app.database.stores.history.about('move-mail', 10);
  expect(events.filter(({ type }) => type === 'revision.approved')).toMatchObject([{ by: 'dora', at, data: { hash, number: 1 } }]);
});

it('is refused for a hash that no revision has', async () => {
  expect(refusalOf(await approveRevision(t.app, CARLA, 'f'.repeat(64)))).toMatchObject({ code: 'NOT_FOUND', field: 'hash' });
});
