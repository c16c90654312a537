// The global stop: seen before it is done, told on the page, and a drill that it paused is ended by whoever takes care of it.
import { expect, test } from '@playwright/test';
import { ask, pageOf, signIn, watch } from './demo-page.ts';

test('a coordinator stops all drills with one reason, and sees before which these are', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const { faults } = watch(page);
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/ledger-failover/start');
  await page.getByRole('button', { name: 'Request drill' }).click();
  await page.getByRole('button', { name: 'Start drill' }).click();
  await expect(page).toHaveURL(/\/drills\/DR-\d+/);
  const id = /DR-\d+/.exec(page.url())?.[0] ?? '';
  const stateOf = async (): Promise<string> => (await ask<{ drill: { state: string } }>(page, `{ drill(id: "${id}") { state } }`)).drill.state;
  await expect.poll(stateOf).toBe('RUNNING');

  await page.goto('/drills');
  await page.getByRole('button', { name: 'Stop all drills…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(id)).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop all drills' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Reason').fill('The power is failing.');
  await dialog.getByRole('button', { name: 'Stop all drills' }).click();
  await expect(page.getByText(`Paused: ${id}.`)).toBeVisible();
  expect(await stateOf()).toBe('PAUSED');
  await page.goto(`/drills/${id}?step=primary-ready`);
  await expect(page.getByText(/dr-coordinator stopped all drills at \d\d:\d\d: The power is failing\./)).toBeVisible();
  await page
    .getByRole('region', { name: /^Step 1,/ })
    .getByRole('button', { name: 'Comment' })
    .click();
  await dialog.getByLabel('What you saw or did').fill('The lights went out here.');
  await dialog.getByRole('button', { name: 'Add the comment' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.getByText(/^dr-coordinator on .*: The lights went out here\.$/)).toBeVisible();
  await expect(page.getByText('stopped all drills, and this one is paused: The power is failing.').first()).toBeVisible();

  const auditor = await pageOf(browser, 'internal-auditor');
  await auditor.goto('/drills');
  await expect(auditor.getByRole('heading', { name: 'Drills' })).toBeVisible();
  await expect(auditor.getByRole('button', { name: 'Stop all drills…' })).toHaveCount(0);
  await auditor.context().close();

  await ask(page, `mutation { abortDrill(id: "${id}", typedId: "${id}", form: UNDO, reason: "Enough.") { id } }`);
  await expect.poll(stateOf, { timeout: 60_000 }).toBe('ABORTED');
  expect(faults).toEqual([]);
});
