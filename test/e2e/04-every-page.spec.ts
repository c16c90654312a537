// Every page in both themes, at the desk and on a phone, in both languages: accessible, within the screen, nothing raw.
import axe from 'axe-core';
import { expect, test, type Page } from '@playwright/test';
import { demoPassword, signIn } from './demo-page.ts';

const ROUTES = [
  '/',
  '/services',
  '/services/ledger',
  '/services/ledger?tab=drills',
  '/services/ledger?tab=dependencies',
  '/runbooks',
  '/runbooks/ledger-failover',
  '/runbooks/ledger-failover/start',
  '/runbooks/ledger-failover/edit',
  '/runbooks/ledger-failover/diff',
  '/runbooks/new',
  '/drills',
  '/drills/DR-1',
  '/drills/DR-1?view=graph',
  '/drills/DR-1?view=events',
  '/drills/DR-1?view=compare',
  '/drills/DR-1/steps/desk/confirm',
  '/inbox',
  '/calendar',
  '/calendar?view=agenda',
  '/schedules',
  '/schedules/new',
  '/settings/hosts',
  '/settings/hosts/ledger-a',
  '/nowhere',
];
declare global {
  interface Window {
    axe: typeof axe;
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility violation on any page, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(150_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/sign-in');
    await page.getByLabel('Name').waitFor();
    expect(await violations(page), '/sign-in').toEqual([]);
    await signIn(page, 'dr-coordinator');
    for (const route of ROUTES) {
      await open(page, route);
      expect(await violations(page), route).toEqual([]);
    }
  });
}

test('no page scrolls sideways at 390 pixels', async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'dr-coordinator');
  for (const route of ROUTES) {
    await open(page, route);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), route).toBeLessThanOrEqual(0);
  }
});

test('German on every page: no raw key, and nothing left of the English headings', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Name').fill('dr-coordinator');
  await page.getByLabel('Passwort').fill(demoPassword());
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await expect(page.getByRole('link', { name: 'Übungen' }).first()).toBeVisible();
  for (const route of ROUTES) {
    await open(page, route);
    expect(await page.locator('html').getAttribute('lang'), route).toBe('de');
    expect(await page.locator('nav').first().textContent(), route).not.toMatch(/Schedules|Overview|Drills/);
    // A key that has no text shows as itself: words joined by dots, without a blank.
    expect(await page.locator('body').innerText(), route).not.toMatch(
      /(^|\s)(app|nav|overview|drill|service|runbook|start|confirm|abort|answer|waiting|schedule|scheduleForm|calendar|preflight|host|hosts|editor|changes)\.[a-z][A-Za-z.]+(\s|$)/m,
    );
  }
  await context.close();
});

async function open(page: Page, route: string): Promise<void> {
  await page.goto(route);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function violations(page: Page): Promise<string[]> {
  // By the debugger, so that the page's own Content-Security-Policy stays in force.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (tags) => {
    const results = await window.axe.run(document, { runOnly: tags });
    return results.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
  }, TAGS);
  return found;
}
