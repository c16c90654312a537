// The keys of hosts: a host that shows another key than the pinned one, seen, compared and pinned again by an administrator.
import { expect, test } from '@playwright/test';
import { pageOf, signIn, watch } from './demo-page.ts';

const OTHER_KEY = `SHA256:${'A'.repeat(43)}`;

test('a key that differs is told with the host, and an administrator pins the one that was compared', async ({ page, browser }) => {
  const { faults } = watch(page);
  await signIn(page, 'demo-admin');
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Hosts' }).click();
  await page.getByRole('link', { name: 'Ledger B' }).click();
  const keys = page.getByRole('region', { name: 'Pinned keys' });
  const reach = page.getByRole('region', { name: 'Connection' });
  const right = (await keys.locator('code').textContent()) ?? '';

  await keys.getByRole('button', { name: 'Pin a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Fingerprint').fill('ledger');
  await dialog.getByLabel('Reason').fill('The machine was replaced.');
  await dialog.getByRole('button', { name: 'Pin this key' }).click();
  await expect(dialog.getByText('That holds no fingerprint')).toBeVisible();
  await dialog.getByLabel('Fingerprint').fill(`256 ${OTHER_KEY} root@ledger-b (ED25519)`);
  await dialog.getByRole('button', { name: 'Pin this key' }).click();
  await expect(keys.locator('code')).toHaveText([OTHER_KEY]);
  await expect(keys.getByText('by demo-admin')).toBeVisible();
  await expect(reach.getByText('Key changed')).toBeVisible();

  await reach.getByRole('button', { name: 'Check the connection' }).click();
  await expect(reach.locator('code')).toHaveText(right);
  const coordinator = await pageOf(browser, 'dr-coordinator');
  await coordinator.goto(page.url());
  await expect(coordinator.getByText('Only administrators pin keys.')).toBeVisible();
  await expect(coordinator.getByRole('button', { name: 'Pin a key' })).toHaveCount(0);
  await coordinator.context().close();

  await keys.getByRole('button', { name: 'Pin a key' }).click();
  await expect(dialog.getByLabel('Fingerprint')).toHaveValue(right);
  await dialog.getByLabel('Reason').fill('Compared on the machine.');
  await dialog.getByRole('button', { name: 'Pin this key' }).click();
  await expect(keys.locator('code')).toHaveText([right]);
  await expect(reach.getByText('Answers')).toBeVisible();
  expect(faults).toEqual([]);
});
