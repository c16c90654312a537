// The main job: from the overview over the service to a drill that passes, and a score that moves without a reload.
import { expect, test } from '@playwright/test';
import { ask, pageOf, signIn, watch } from './demo-page.ts';

test('a coordinator drills the ledger, and an owner sees the score move without a reload', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { faults } = watch(page);
  const owner = await pageOf(browser, 'ledger-owner');
  await owner.goto('/services/ledger');
  await expect(owner.getByTestId('service-score')).toContainText('Unproven');

  await signIn(page, 'dr-coordinator');
  await page.getByRole('link', { name: 'Ledger', exact: true }).first().click();
  await page.getByRole('link', { name: 'Start drill' }).first().click();
  await expect(page.getByText('Changes something in')).toBeVisible();
  await expect(page.getByRole('table').filter({ hasText: 'SHA256:' })).toContainText('Ledger A');
  await page.getByRole('button', { name: 'Request drill' }).click();
  await page.getByRole('button', { name: 'Start drill' }).click();

  await page.getByRole('button', { name: /^Confirm step/ }).click({ timeout: 90_000 });
  await page.getByRole('dialog').getByRole('textbox').fill('Seen on the page of the gate.');
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: 90_000 });

  await expect(owner.getByTestId('service-score')).toContainText('Ready', { timeout: 15_000 });
  const { drill } = await ask<{ drill: { recoveryMs: number; dataLossMs: number; hasDeviations: boolean; steps: { state: string }[] } }>(
    page,
    '{ drill(id: "DR-1") { recoveryMs dataLossMs hasDeviations steps { state } } }',
  );
  expect(drill.recoveryMs).toBeGreaterThan(0);
  expect(drill.dataLossMs).toBeGreaterThanOrEqual(0);
  expect(drill.hasDeviations).toBe(false);
  expect(drill.steps.every((step) => step.state === 'SUCCEEDED')).toBe(true);
  await owner.context().close();
  expect(faults).toEqual([]);
});

test('who comes late sees the whole drill, and a GET on its pages changes nothing', async ({ page }) => {
  await signIn(page, 'internal-auditor');
  const before = await ask<{ drill: { lastSeq: number } }>(page, '{ drill(id: "DR-1") { lastSeq } }');
  await page.goto('/drills/DR-1?view=events');
  await expect(page.getByText('declared the drill and started it.')).toBeVisible();
  await page.goto('/drills/DR-1/steps/desk/confirm');
  expect((await ask<{ drill: { lastSeq: number } }>(page, '{ drill(id: "DR-1") { lastSeq } }')).drill).toEqual(before.drill);
});
