// Confirming on a phone by keyboard alone, while somebody else confirms too: one wins, the other is told who.
import { expect, test } from '@playwright/test';
import { ask, pageOf, signIn } from './demo-page.ts';

test('two people confirm one step: the first wins, the second learns who it was', async ({ page, browser }) => {
  test.setTimeout(150_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/ledger-failover/start');
  await page.getByRole('button', { name: 'Request drill' }).click();
  await page.getByRole('button', { name: 'Start drill' }).click();
  const id = /DR-\d+/.exec(page.url())?.[0] ?? '';
  const owner = await pageOf(browser, 'ledger-owner');
  await owner.goto(`/drills/${id}`);

  const card = page.getByRole('button', { name: /^Confirm step/ });
  await card.waitFor({ timeout: 90_000 });
  expect((await card.boundingBox())?.height).toBeGreaterThanOrEqual(48);
  await owner.getByRole('button', { name: /^Confirm step/ }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Confirm' }).waitFor();

  // By keyboard: the card's button, the note, the dialog's button.
  await card.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Seen on the phone.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(card).toHaveCount(0);

  const late = await owner.request.post('/graphql', {
    headers: { 'content-type': 'application/json', origin: new URL(owner.url()).origin },
    data: { query: `mutation { confirmStep(drill: "${id}", step: "desk", outcome: DONE) { id } }` },
  });
  expect(await late.text()).toContain('dr-coordinator');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: 60_000 });
  const { drill } = await ask<{ drill: { steps: { id: string; confirmedBy: string | null; confirmNote: string | null }[] } }>(
    page,
    `{ drill(id: "${id}") { steps { id confirmedBy confirmNote } } }`,
  );
  expect(drill.steps.find((step) => step.id === 'desk')).toMatchObject({ confirmedBy: 'dr-coordinator', confirmNote: 'Seen on the phone.' });
  await owner.context().close();
});
