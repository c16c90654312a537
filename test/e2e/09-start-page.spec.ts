// Before a drill: whether it could begin, what is in the way, and why the button waits.
import { expect, test } from '@playwright/test';
import { pageOf, signIn, watch } from './demo-page.ts';

test('a coordinator has the hosts checked and sees that nothing is in the way', async ({ page }) => {
  const { faults } = watch(page);
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/ledger-failover/start');
  const rows = page.getByRole('region', { name: 'Could it begin now?' });
  await rows.getByRole('button', { name: 'Check now' }).click();
  await expect(rows.getByRole('status')).toHaveText('Yes');
  await expect(rows.getByText('3 of 3 hosts let Muster in.')).toBeVisible();
  await expect(rows.getByText('No freeze and no blackout rules it out now.')).toBeVisible();
  await expect(page.getByText(/^Recovers in about .* to spare$/)).toBeVisible();
  await page.getByRole('radio', { name: /^Failover in earnest/ }).check();
  await expect(rows.getByRole('status')).toHaveText('Yes, with what is noted below');
  expect(faults).toEqual([]);
});

test('who may not ask for the drill reads why, and can reach the button that says so', async ({ browser }) => {
  const auditor = await pageOf(browser, 'internal-auditor');
  await auditor.goto('/runbooks/ledger-failover/start');
  const button = auditor.getByRole('button', { name: 'Request drill' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription('You may not request this drill. Ask its owner or a coordinator.');
  await button.focus();
  await auditor.keyboard.press('Enter');
  await expect(auditor).toHaveURL(/\/start/);
  await expect(auditor.getByRole('button', { name: 'Check now' })).toHaveCount(0);
  await auditor.context().close();
});
