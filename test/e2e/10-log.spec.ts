// Output on the live page: a hundred thousand lines, late joiners, links to lines, a link that is cut, several hosts.
import { expect, test, type Page } from '@playwright/test';
import { pageOf, signIn, watch } from './demo-page.ts';
import { BOTH, FLOOD, FLOOD_LINES, printRunbook, rawLines, startPrinting, storeRunbook, TICKING, TICKS, untilOver } from './print-drill.ts';

test.describe.configure({ mode: 'serial' });

let floodId = '';

test('a hundred thousand lines: the tail first, a hundred rows at most, and everything can be found', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { faults } = watch(page);
  await signIn(page, 'dr-coordinator');
  await storeRunbook(page, browser, printRunbook('print-flood', [FLOOD]));
  floodId = await startPrinting(page, browser, 'print-flood');
  await page.goto(`/drills/${floodId}`);
  const log = page.getByRole('log');
  await expect(log.getByText(`${FLOOD_LINES} of a hundred thousand lines`)).toBeVisible({ timeout: 90_000 });
  await untilOver(page, floodId);
  await expect(numbers(page).last()).toHaveText(String(FLOOD_LINES), { timeout: 30_000 });
  expect(await rowsIn(page)).toBeLessThanOrEqual(100);

  // Line 1, for who comes late as well.
  const late = await pageOf(browser, 'internal-auditor');
  await late.goto(`/drills/${floodId}?step=flood`);
  await expect(numbers(late).last()).toHaveText(String(FLOOD_LINES), { timeout: 30_000 });
  await late.getByRole('log').evaluate((element) => element.scrollTo(0, 0));
  await expect(numbers(late).first()).toHaveText('1');
  await expect(late.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false');
  expect(await rowsIn(late)).toBeLessThanOrEqual(100);
  await late.context().close();

  // What is far from what is in sight is found, forwards, backwards, and round the end.
  const find = page.getByRole('searchbox', { name: 'Find in the whole output' });
  await find.fill('77 of a');
  const status = page.getByRole('search').getByRole('status');
  await expect(status).toHaveText('1 of 1000');
  await expect(page.locator('.line.current .number')).toHaveText('77');
  await page.keyboard.press('Enter');
  await expect(page.locator('.line.current .number')).toHaveText('177');
  await page.getByRole('button', { name: 'Line before that fits' }).click();
  await page.getByRole('button', { name: 'Line before that fits' }).click();
  await expect(page.locator('.line.current .number')).toHaveText('99977');
  await expect(status).toHaveText('1000 of 1000');
  await page.getByRole('button', { name: 'Only these' }).click();
  await expect(page.locator('.line mark').first()).toHaveText('77 of a');
  expect(await rowsIn(page)).toBeLessThanOrEqual(100);

  const kept = await rawLines(page.request, { id: floodId, step: 'flood' });
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([FLOOD_LINES, '1 of a hundred thousand lines', `${FLOOD_LINES} of a hundred thousand lines`]);
  expect(faults).toEqual([]);
});

test('a link to lines opens, selects and does not follow', async ({ page }) => {
  await signIn(page, 'dr-coordinator');
  await page.goto(`/drills/${floodId}?step=flood#L50120-L50140`);
  await expect(page.locator('.line.marked .number').first()).toHaveText('50120', { timeout: 30_000 });
  expect(await page.locator('.line.marked').count()).toBeGreaterThan(5);
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false');
  await page.locator('.line.marked .number').nth(1).click();
  await expect(page).toHaveURL(/#L50121$/);
  await page.keyboard.press('l');
  await expect(numbers(page).last()).toHaveText(String(FLOOD_LINES));
});

test('ten seconds without network: the page says so, and no line is missing or doubled', async ({ page, browser, context }) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = await breakable(page);
  await signIn(page, 'dr-coordinator');
  await storeRunbook(page, browser, printRunbook('print-ticks', [TICKING]));
  const id = await startPrinting(page, browser, 'print-ticks');
  await page.goto(`/drills/${id}?step=tick`);
  await expect(page.getByRole('log').getByText('tick 5', { exact: true })).toBeVisible({ timeout: 60_000 });
  link.cut();
  await expect(page.getByText(/^Updates lost 1\d.s ago; the drill goes on\.$/)).toBeVisible({ timeout: 40_000 });
  link.mend();
  await expect(page.getByText(/^Updates lost/)).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('log').getByText(`tick ${TICKS}`, { exact: true })).toBeVisible({ timeout: 90_000 });
  await untilOver(page, id);
  await page.getByRole('button', { name: 'Copy what is shown' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const shown = await page.evaluate(() => navigator.clipboard.readText());
  expect(shown.split('\n')).toEqual(Array.from({ length: TICKS }, (_, index) => `tick ${index + 1}`));
});

test('a step on two hosts has a row for each, and the output of one alone', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, 'dr-coordinator');
  await storeRunbook(page, browser, printRunbook('print-both', [BOTH]));
  const id = await startPrinting(page, browser, 'print-both');
  await page.goto(`/drills/${id}?step=both`);
  await untilOver(page, id);
  const hosts = page.getByRole('region', { name: 'Hosts of the step' });
  await expect(hosts.getByRole('row').filter({ hasText: 'succeeded' })).toHaveCount(2);
  // Not UTF-8, and so escaped.
  await expect(hosts.getByText('raw \\xff')).toHaveCount(2);
  const lines = page.getByRole('log').locator('.line');
  await expect(lines).toHaveCount(6);
  await hosts.getByRole('button', { name: 'ledger-b' }).click();
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(1)).toContainText('grün');
});

function numbers(page: Page) {
  return page.getByRole('log').locator('.number');
}

function rowsIn(page: Page): Promise<number> {
  return page.getByRole('log').locator('[data-index]').count();
}

/** The close code after which a client comes back: a link that is simply gone cannot be played. */
const TRY_AGAIN = 1012;

/** Everything between the page and the server goes through here, and can be cut. */
async function breakable(page: Page): Promise<{ cut: () => void; mend: () => void }> {
  let isCut = false;
  const open = new Set<() => void>();
  await page.route('**/graphql', (route) => (isCut ? route.abort() : route.continue()));
  await page.routeWebSocket('**/graphql', (socket) => {
    if (isCut) {
      void socket.close({ code: TRY_AGAIN });
      return;
    }
    const server = socket.connectToServer();
    open.add(() => {
      void socket.close({ code: TRY_AGAIN });
      void server.close();
    });
  });
  return {
    cut() {
      isCut = true;
      for (const close of open) close();
      open.clear();
    },
    mend: () => (isCut = false),
  };
}
