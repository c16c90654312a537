// Two coordinators in one drill, one of them on a phone: one act wins, the other is told who acted; then the charge changes hands.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { ask, demoPassword, pageOf, signIn } from './demo-page.ts';

const PHONE = { width: 390, height: 844 };
const SECOND = 'night-coordinator';

test('of two who act at the same moment one wins, and the other takes over with a reason', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const admin = await pageOf(browser, 'demo-admin');
  await ask(admin, 'mutation ($input: AccountInput!) { createAccount(input: $input) { name } }', {
    input: { name: SECOND, displayName: 'Night coordinator', password: demoPassword(), roles: ['COORDINATOR'] },
  });
  await admin.context().close();

  // What the server tells this page can be kept from it: it then shows the drill as it was.
  let isHeld = false;
  await page.routeWebSocket(/\/graphql/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!isHeld) socket.send(message);
    });
  });
  await signIn(page, 'dr-coordinator');
  await page.goto('/runbooks/ledger-failover/start');
  await page.getByRole('button', { name: 'Request drill' }).click();
  await page.getByRole('button', { name: 'Start drill' }).click();
  await page.getByRole('button', { name: /^Confirm step/ }).waitFor({ timeout: 90_000 });
  const id = /DR-\d+/.exec(page.url())?.[0] ?? '';
  const phone = await phoneOf(browser);
  await phone.goto(`/drills/${id}`);
  await expect(phone.getByRole('button', { name: 'Pause' })).toBeVisible();
  expect(await sideways(phone)).toBeLessThanOrEqual(0);

  isHeld = true;
  await phone.getByRole('button', { name: 'Pause' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Paused');
  await page.getByRole('button', { name: /^Abort/ }).click();
  const abort = page.getByRole('dialog');
  await abort.getByLabel('Reason').fill('It takes too long.');
  await abort.getByLabel(/^Type/).fill(id);
  await abort.getByRole('button', { name: 'Abort the drill' }).click();
  await expect(abort.getByText(new RegExp(`${SECOND} paused the drill at \\d\\d:\\d\\d UTC`))).toBeVisible();
  isHeld = false;
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused');

  await phone.getByRole('button', { name: 'Take over…' }).click();
  const takeOver = phone.getByRole('dialog');
  await expect(takeOver.getByText('dr-coordinator is in charge now.')).toBeVisible();
  await takeOver.getByLabel('Reason').fill('The day shift has ended.');
  await takeOver.getByRole('button', { name: 'Take over' }).click();
  await expect(phone.getByText(`in charge: ${SECOND}`)).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Take over…' })).toHaveCount(0);
  await expect(page.getByText(`in charge: ${SECOND}`)).toBeVisible();

  // Aborted, it can go on from where it stopped.
  await phone.getByRole('button', { name: /^Abort/ }).click();
  const end = phone.getByRole('dialog');
  await end.getByLabel('Reason').fill('A test of the bell.');
  await end.getByLabel(/^Type/).fill(id);
  await end.getByRole('button', { name: 'Abort the drill' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Aborted', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Go on from there…' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The bell works.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reopen the drill' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: /^Confirm step/ }).click({ timeout: 60_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Passed', { timeout: 90_000 });
  await expect(phone.getByText(/^Aborted at .*reopened at .* by dr-coordinator: The bell works\.$/)).toBeVisible();
  await phone.context().close();
});

async function phoneOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Name').fill(SECOND);
  await page.getByLabel('Password').fill(demoPassword());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Readiness' })).toBeVisible();
  return page;
}

/** Pixels that the page is wider than the screen. */
async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
