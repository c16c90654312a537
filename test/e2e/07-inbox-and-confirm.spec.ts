// A question to a person: found in the inbox, answered on a page of its own, by one of two people, on a phone and by keyboard.
import axe from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { ask, pageOf, signIn, watch } from './demo-page.ts';

const PHONE = { width: 390, height: 844 };
const UNTIL_ASKED_MS = 90_000;

test('the whole journey by keyboard on a phone; of two people the slower one is told and loses no word', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { faults } = watch(page);
  await page.setViewportSize(PHONE);
  await signIn(page, 'dr-coordinator');
  const id = await startedDrill(page);
  const owner = await pageOf(browser, 'ledger-owner');
  await owner.goto('/inbox');

  // It comes to both by itself: in the list, in the bell and in the title of the tab.
  const row = owner.getByRole('link', { name: /Confirm .*Payments desk/ });
  await expect(row).toBeVisible({ timeout: UNTIL_ASKED_MS });
  await expect(owner).toHaveTitle(/^\(\d+\) Inbox/);
  await row.click();
  await expect(owner).toHaveURL(`/drills/${id}/steps/desk/confirm`);

  await page.goto(`/drills/${id}/steps/desk/confirm`);
  const done = page.getByRole('button', { name: 'Done' });
  await expect(done).toBeVisible();
  await expect(page.getByText('The page must say')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What it rests on' })).toBeVisible();
  for (const name of ['Done', 'Failed', 'Not applicable']) {
    expect((await page.getByRole('button', { name }).boundingBox())?.height).toBeGreaterThanOrEqual(48);
  }
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  const before = await lastSeq(page, id);
  await page.reload();
  await expect(done).toBeVisible();
  expect(await lastSeq(page, id)).toBe(before);

  // The owner has typed and not sent when the coordinator answers.
  await owner.getByRole('button', { name: 'Failed' }).click();
  await owner.getByRole('button', { name: 'Send: failed' }).click();
  await expect(owner.getByRole('main').getByRole('alert')).toContainText('Please fill this in');
  await owner.getByLabel(/What is wrong/).fill('It names ledger-a.');

  await done.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/Note/)).toBeFocused();
  await page.keyboard.type('Seen on the phone.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Done, said you' })).toBeFocused();

  await expect(owner.getByRole('heading', { name: 'Done, said dr-coordinator' })).toBeVisible();
  await expect(owner.getByText('It names ledger-a.')).toBeVisible();
  await owner.getByRole('button', { name: 'Add it to the drill as a comment' }).click();
  await expect(owner.getByText('Somebody else was faster')).toHaveCount(0);
  const { drill } = await ask<{ drill: { steps: { id: string; confirmNote: string | null }[]; events: { text: string }[] } }>(
    page,
    `{ drill(id: "${id}") { steps { id confirmNote } events(first: 100, after: ${before}) { text } } }`,
  );
  expect(drill.steps.find((step) => step.id === 'desk')?.confirmNote).toBe('Seen on the phone.');
  expect(drill.events.map(({ text }) => text)).toContain('ledger-owner: It names ledger-a.');
  await owner.context().close();
  await over(page, id);
  expect(faults).toEqual([]);
});

test('a failure is answered with its reason, and the page is accessible while it asks', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'dr-coordinator');
  const id = await startedDrill(page);
  await page.goto(`/drills/${id}/steps/desk/confirm`);
  await expect(page.getByRole('heading', { name: 'Not asked yet' })).toBeVisible();
  const failed = page.getByRole('button', { name: 'Failed' });
  await expect(failed).toBeVisible({ timeout: UNTIL_ASKED_MS });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page), `asked, ${colorScheme}`).toEqual([]);
  }
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Now', exact: true })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), `inbox, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(PHONE);
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.getByRole('link', { name: /Confirm .*Payments desk/ }).click();
  await failed.click();
  expect(await violations(page), 'answering').toEqual([]);
  await page.getByLabel(/What is wrong/).fill('The page names ledger-a.');

  // A refusal, here for want of a network, keeps what was typed.
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: 'Send: failed' }).click();
  await expect(page.getByText('Your answer was not taken.')).toBeVisible();
  await page.unroute('**/graphql');
  await expect(page.getByLabel(/What is wrong/)).toHaveValue('The page names ledger-a.');
  await page.getByRole('button', { name: 'Send: failed' }).click();
  await expect(page.getByRole('heading', { name: 'Failed, said you' })).toBeVisible();
  const { drill } = await ask<{ drill: { steps: { id: string; state: string; reason: string | null }[] } }>(
    page,
    `{ drill(id: "${id}") { steps { id state reason } } }`,
  );
  expect(drill.steps.find((step) => step.id === 'desk')).toMatchObject({ state: 'FAILED', reason: 'The page names ledger-a.' });
  await over(page, id);
});

async function startedDrill(page: Page): Promise<string> {
  await page.goto('/runbooks/ledger-failover/start');
  await page.getByRole('button', { name: 'Request drill' }).click();
  await page.getByRole('button', { name: 'Start drill' }).click();
  const id = /DR-\d+/.exec(page.url())?.[0] ?? '';
  await expect.poll(async () => (await drillState(page, id)).startedAt).not.toBeNull();
  return id;
}

/** The next test needs the hosts that this drill holds. */
async function over(page: Page, id: string): Promise<void> {
  await expect.poll(async () => (await drillState(page, id)).finishedAt, { timeout: 60_000 }).not.toBeNull();
}

async function drillState(page: Page, id: string): Promise<{ startedAt: string | null; finishedAt: string | null }> {
  return (await ask<{ drill: { startedAt: string | null; finishedAt: string | null } }>(page, `{ drill(id: "${id}") { startedAt finishedAt } }`))
    .drill;
}

async function lastSeq(page: Page, id: string): Promise<number> {
  return (await ask<{ drill: { lastSeq: number } }>(page, `{ drill(id: "${id}") { lastSeq } }`)).drill.lastSeq;
}

function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .flatMap(({ target }) => target)
          .join(' | ')}`,
    );
  });
}
