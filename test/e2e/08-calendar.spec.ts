// Planning ahead: a day of the calendar, the form with its due times, moving one, freezes, clocks in the link.
import axe from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { ask, pageOf, signIn, watch } from './demo-page.ts';

/** Far ahead: no test waits for it, and what the demo plans by itself is not there. */
const MONTH = '2031-05-01';
const DAY = '2031-05-13';

test('a drill is planned from a day of the calendar, moved to another, and left out', async ({ page }) => {
  test.setTimeout(120_000);
  const { faults } = watch(page);
  await signIn(page, 'dr-coordinator');
  await page.goto(`/calendar?from=${MONTH}`);
  await page.getByRole('button', { name: 'Plan a drill on Tuesday 13 May' }).click();
  await expect(page.getByLabel('Day', { exact: true })).toHaveValue(DAY);
  await expect(page.getByRole('radio', { name: 'Once' })).toBeChecked();
  await page.getByRole('button', { name: 'Add the schedule' }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.getByLabel('Name', { exact: true }).fill('Ledger in May');
  await page.getByLabel('Runbook').selectOption('ledger-failover');
  await page.getByLabel('At', { exact: true }).fill('25:00');
  await expect(page.getByLabel('At', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('At', { exact: true }).fill('10:00');
  const next = page.getByRole('region', { name: 'The next ten due times' });
  await expect(next.getByText('2031-05-13 10:00')).toBeVisible();
  await expect(next.getByText('2031-05-13 08:00')).toBeVisible();
  await page.getByRole('button', { name: 'Add the schedule' }).click();
  await expect(page).toHaveURL('/schedules');
  await expect(page.getByText('once, on 13 May 2031 at 10:00')).toBeVisible();

  await page.goto(`/calendar?from=${MONTH}`);
  await page
    .locator(`[data-day="${DAY}"]`)
    .getByRole('button', { name: /Ledger in May/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Day').fill('2031-05-14');
  await dialog.getByLabel('Reason').fill('The desk is away.');
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  const moved = page.locator('[data-day="2031-05-14"]').getByRole('button', { name: /Ledger in May/ });
  await expect(moved).toBeVisible();
  await expect(page.locator(`[data-day="${DAY}"]`).getByRole('button', { name: /Ledger in May/ })).toHaveCount(0);

  await moved.click();
  await dialog.getByRole('radio', { name: 'Leave it out' }).check();
  await dialog.getByRole('button', { name: 'Leave out' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Please fill this in');
  await dialog.getByLabel('Reason').fill('Not this year.');
  await dialog.getByRole('button', { name: 'Leave out' }).click();
  await expect(moved).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('a freeze is a band with its name, what it rules out says so, and what clashes is told in words', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'dr-coordinator');
  await weekly(page, 'Weekly ledger', '02:00');
  await weekly(page, 'Weekly ledger too', '02:00');
  await ask(page, 'mutation ($input: FreezeInput!) { createFreeze(input: $input) { id } }', {
    input: {
      title: 'Audit',
      reason: 'The auditors are here.',
      scope: { isEverything: true },
      from: '2031-06-02T00:00',
      to: '2031-06-03T00:00',
      zone: 'Europe/Berlin',
    },
  });
  await page.goto('/calendar?from=2031-06-01');
  const frozen = page.locator('[data-day="2031-06-02"]');
  await expect(frozen.getByText('Freeze: Audit')).toBeVisible();
  await expect(frozen.getByText('Ruled out').first()).toBeVisible();
  const clashing = page.locator('[data-day="2031-06-09"]').getByRole('button', { name: /Weekly ledger too/ });
  await expect(clashing.getByText('Clash')).toBeVisible();
  await clashing.click();
  await expect(page.getByRole('dialog').getByText(/^Clashes with Weekly ledger: both need/)).toBeVisible();
  await page.keyboard.press('Escape');

  // The clock is in the link: by UTC it is still the evening before.
  await page.getByLabel('Times by').selectOption('utc');
  await expect(page).toHaveURL(/zone=utc/);
  await expect(page.locator('[data-day="2031-06-08"]').getByText('00:00')).toHaveCount(0);
  await expect(page.locator('[data-day="2031-06-09"]').getByText('00:00').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Times by')).toHaveValue('utc');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const route of ['/calendar?from=2031-06-01', '/calendar?from=2031-06-01&view=agenda', '/schedules/new', '/schedules']) {
      await page.goto(route);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await violations(page), `${route} ${colorScheme}`).toEqual([]);
    }
  }
});

test('on a phone the calendar is an agenda, and nothing scrolls sideways', async ({ browser }) => {
  const page = await pageOf(browser, 'dr-coordinator', { viewport: { width: 390, height: 844 } });
  for (const route of ['/calendar?from=2031-06-01', '/schedules/new', '/schedules']) {
    await page.goto(route);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), route).toBeLessThanOrEqual(0);
  }
  await page.goto('/calendar?from=2031-06-01');
  await expect(page.getByRole('heading', { level: 2, name: /Mon/ }).first()).toBeVisible();
  await expect(page.locator('table')).toHaveCount(0);
  await page.context().close();
});

async function weekly(page: Page, title: string, time: string): Promise<void> {
  await ask(page, 'mutation ($input: ScheduleInput!) { createSchedule(input: $input) { id } }', {
    input: {
      title,
      runbook: 'ledger-failover',
      mode: 'REHEARSAL',
      zone: 'Europe/Berlin',
      calendar: { unit: 'WEEK', weekdays: ['MONDAY'], times: [time], from: '2031-06-01' },
      startsOn: '2031-06-01',
      endsOn: '2031-06-30',
    },
  });
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
