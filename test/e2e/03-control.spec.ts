// Who may do what, and stopping: a failover in earnest needs a second person, and abort asks for the drill's id.
import { expect, test } from '@playwright/test';
import { pageOf, signIn } from './demo-page.ts';

test('a failover waits for another person, starts, and is aborted with everything undone', async ({ page, browser }) => {
  test.setTimeout(150_000);
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/ledger-failover/start');
  await page.getByRole('radio', { name: /Failover/ }).check();
  await expect(page.getByText(/^Needs 1 approval/)).toBeVisible();
  await page.getByRole('button', { name: 'Request failover in earnest' }).click();
  await expect(page).toHaveURL(/\/drills\/DR-\d+/);
  const id = /DR-\d+/.exec(page.url())?.[0] ?? '';
  await expect(page.getByRole('button', { name: 'Start drill' })).toHaveCount(0);

  const owner = await pageOf(browser, 'ledger-owner');
  await owner.goto(`/drills/${id}`);
  await owner.getByRole('button', { name: /^Approve/ }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(owner.getByRole('heading', { level: 1 })).toContainText('Approved');

  // The requester's page learns of the approval by itself.
  await page.getByRole('button', { name: /^Start/ }).click({ timeout: 15_000 });
  await page.getByRole('button', { name: /^Confirm step/ }).waitFor({ timeout: 90_000 });

  await page.getByRole('button', { name: /^Abort/ }).click();
  const abort = page.getByRole('dialog');
  const button = abort.getByRole('button', { name: 'Abort the drill' });
  await abort.getByRole('radio', { name: /^Undo/ }).check();
  await abort.getByLabel('Reason').fill('Trying the way back.');
  await button.click();
  await expect(abort.getByRole('alert')).toContainText(`That is not ${id}.`);
  await abort.getByLabel(/^Type/).fill(id);
  await button.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Aborted', { timeout: 60_000 });
  await owner.context().close();
});

test('an auditor sees drills and cannot start one', async ({ page }) => {
  await signIn(page, 'internal-auditor');
  await page.goto('/services/ledger');
  await expect(page.getByTestId('service-score')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Start drill' })).toHaveCount(0);
});
