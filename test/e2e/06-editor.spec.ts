// Writing a runbook in the browser: form and text as one, problems where they stand, drafts that are kept, approval by somebody else.
import axe from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { ask, pageOf, signIn, watch } from './demo-page.ts';

const EDIT = '/runbooks/ledger-failover/edit';
const FIRST_STEP = 'Hamburg is the primary';

test('what the form changes stands in the text, remarks and all, and undo takes it back', async ({ page }) => {
  const { faults } = watch(page);
  await openEditor(page);
  await page.getByRole('button', { name: FIRST_STEP }).click();
  await field(page, 'title').fill('Hamburg leads');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await expect(page.locator('del.mono', { hasText: FIRST_STEP })).toBeVisible();
  await expect(page.locator('ins.mono', { hasText: 'Hamburg leads' })).toBeVisible();
  const saved = await draftOf(page);
  const stored = await sourceOf(page);
  expect(saved.split('\n').filter((line, index) => line !== stored.split('\n')[index])).toEqual(['    title: Hamburg leads']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: FIRST_STEP })).toBeVisible();
  await discard(page);
  expect(faults).toEqual([]);
});

test('a step moves by keyboard, and comes and goes by buttons', async ({ page }) => {
  await openEditor(page);
  const steps = page.getByRole('list', { name: /^All \d+ steps/ }).getByRole('button');
  await steps.nth(1).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(steps.nth(1)).toContainText(FIRST_STEP);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(steps.nth(1)).toContainText('-2');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(steps.nth(1)).toContainText(FIRST_STEP);
  await page.getByLabel('Kind of the new step').selectOption('confirm');
  await page.getByRole('button', { name: 'Add step' }).click();
  await expect(page.getByRole('button', { name: /New step/ })).toHaveAttribute('aria-current', 'true');
  await discard(page);
});

test('an error shows its code, its line and what to do, and keeps from submitting', async ({ page }) => {
  await openEditor(page, '?view=text');
  await page.getByLabel('Text of the runbook').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('ow');
  await expect(page.getByRole('option', { name: 'owner' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('l: x');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems.getByText('unknown-key')).toBeVisible();
  await expect(problems.getByRole('button', { name: 'line 2' })).toBeVisible();
  await expect(page.getByText('1 error is to be corrected first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Submit' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Delete');
  await expect(page.getByText('1 error is to be corrected first.')).toHaveCount(0);
  await discard(page);
});

test('a text that is not saved yet survives a reload, and a draft is there the next day', async ({ page }) => {
  await openEditor(page);
  await page.route('**/graphql', (route) => (route.request().postData()?.includes('SaveDraft') === true ? route.abort() : route.continue()));
  await field(page, 'title').fill('Kept in this window');
  await page.keyboard.press('Tab');
  await expect(page.getByText('The text is kept in this window.')).toBeVisible();
  await page.unroute('**/graphql');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(field(page, 'title')).toHaveValue('Kept in this window');
  await expect(page.getByText('Draft saved')).toBeVisible();
  expect(await draftOf(page)).toContain('title: Kept in this window');
  await discard(page);
});

test('two windows do not write over each other', async ({ page, context }) => {
  await openEditor(page);
  const other = await context.newPage();
  await openEditor(other, '', false);
  await setTitle(page, 'From the first');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await setTitle(other, 'From the second');
  await expect(other.getByText('Your draft was saved from another window')).toBeVisible();
  await other.getByRole('button', { name: 'Take the other text' }).click();
  await expect(field(other, 'title')).toHaveValue('From the first');
  await other.close();
  await page.reload();
  await discard(page);
});

test('a submitted text waits for somebody else, who sees what has changed', async ({ browser, page }) => {
  await openEditor(page);
  // Another one at each run: the same text makes no second revision.
  const title = `Move the ledger to Munich, ${Date.now()}`;
  await setTitle(page, title);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
  await expect(page).toHaveURL(/\/v\/\d+$/);
  await expect(page.getByRole('button', { name: 'Approve this revision' })).toBeDisabled();
  await expect(page.getByText('so somebody else approves it')).toBeVisible();
  const owner = await pageOf(browser, 'ledger-owner');
  await owner.goto(page.url());
  await expect(owner.getByText('Written by dr-coordinator')).toBeVisible();
  await owner.getByRole('link', { name: 'Compare revisions' }).click();
  await expect(owner.locator('ins.mono', { hasText: title })).toBeVisible();
  await owner.goBack();
  await owner.getByRole('button', { name: 'Approve this revision' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Approve this revision' }).click();
  await expect(owner.getByText('Approved', { exact: true }).first()).toBeVisible();
  await owner.context().close();
});

test('a procedure of another tool comes in as a text, with what became of each piece', async ({ page }) => {
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/new');
  const experiment = {
    title: 'Stop the shop',
    method: [{ type: 'action', name: 'stop-shop', provider: { type: 'process', path: 'systemctl', arguments: 'stop shop' } }],
  };
  const buffer = Buffer.from(JSON.stringify(experiment));
  await page.locator('input[type=file]').setInputFiles({ name: 'stop-shop.json', mimeType: 'application/json', buffer });
  await expect(page.getByText(/stop-shop\.json: \d+ pieces understood/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Stop the shop' })).toBeVisible();
  await discard(page, '/runbooks');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility violation while writing, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await signIn(page, 'dr-coordinator');
    for (const route of ['?view=form', '?view=text&side=time', '?view=files&side=changes', '?side=hosts'].map((query) => EDIT + query)) {
      await page.goto(route);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await violations(page), route).toEqual([]);
    }
    await page.goto('/runbooks/ledger-failover/diff?from=1&to=2');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await violations(page), 'diff').toEqual([]);
  });
}

test('on a phone nothing scrolls sideways, and a field can be changed', async ({ browser }) => {
  const page = await pageOf(browser, 'dr-coordinator', { viewport: { width: 390, height: 844 } });
  for (const query of ['', '?view=text', '?view=files', '?side=time']) {
    await page.goto(EDIT + query);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), query).toBeLessThanOrEqual(0);
  }
  await page.goto(EDIT);
  await setTitle(page, 'From a phone');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await discard(page);
  await page.context().close();
});

async function openEditor(page: Page, query = '', signsIn = true): Promise<void> {
  if (signsIn) {
    await signIn(page, 'dr-coordinator');
    await forgetDraft(page);
  }
  await page.goto(EDIT + query);
  await expect(page.getByRole('tab', { name: 'Form' })).toBeVisible();
}

/** What an earlier test has left. */
async function forgetDraft(page: Page): Promise<void> {
  const { runbookDraft } = await ask<{ runbookDraft: { version: number } | null }>(page, '{ runbookDraft(runbook: "ledger-failover") { version } }');
  if (runbookDraft === null) return;
  await ask(page, 'mutation ($version: Int!) { discardDraft(runbook: "ledger-failover", version: $version) }', { version: runbookDraft.version });
}

function field(page: Page, key: string): ReturnType<Page['getByLabel']> {
  return page.getByLabel(key, { exact: true }).first();
}

async function setTitle(page: Page, title: string): Promise<void> {
  await field(page, 'title').fill(title);
  await field(page, 'title').blur();
}

async function discard(page: Page, leadsTo = '/runbooks/ledger-failover'): Promise<void> {
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page).toHaveURL(new RegExp(`${leadsTo}$`));
}

async function draftOf(page: Page): Promise<string> {
  const data = await ask<{ runbookDraft: { source: string } }>(page, '{ runbookDraft(runbook: "ledger-failover") { source } }');
  return data.runbookDraft.source;
}

async function sourceOf(page: Page): Promise<string> {
  const data = await ask<{ runbook: { latest: { source: string } } }>(page, '{ runbook(key: "ledger-failover") { latest { source } } }');
  return data.runbook.latest.source;
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
