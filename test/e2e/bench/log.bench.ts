// How fast the log of a hundred thousand lines is: to the first line in sight, jumps, a search, lines that come in, memory.
import { expect, test, type Page } from '@playwright/test';
import { signIn } from '../demo-page.ts';
import { FLOOD, FLOOD_LINES, PORTIONS, printRunbook, startPrinting, storeRunbook, untilOver } from '../print-drill.ts';

declare global {
  interface Window {
    frameTimes: number[];
  }
}

/** Places all over the log, near and far. */
const JUMPS = [50_000, 0, 99_000, 30_000, 70_000, 10, 99_990, 45_000, 45_050, 20_000];
const LINE_PX = 20;

test('a log of a hundred thousand lines', async ({ page, browser }) => {
  await signIn(page, 'dr-coordinator');
  await storeRunbook(page, browser, printRunbook('bench-flood', [FLOOD]));
  const id = await startPrinting(page, browser, 'bench-flood');
  await untilOver(page, id);
  const opened = Date.now();
  await page.goto(`/drills/${id}?step=flood`);
  await expect(page.getByRole('log').getByText(`${FLOOD_LINES} of a hundred thousand lines`)).toBeVisible({ timeout: 60_000 });
  say('tail in sight after opening the page', Date.now() - opened, 'ms');
  await expect(page.getByRole('log').locator('.number').last()).toHaveText(String(FLOOD_LINES), { timeout: 60_000 });
  say('all lines read after', Date.now() - opened, 'ms');
  say('largest contentful paint', await largestPaint(page), 'ms   (budget 1,500)');

  await page.getByRole('button', { name: 'Wrap' }).click();
  told('jump, one line each', await jumps(page), 'budget 50');
  await page.getByRole('button', { name: 'Wrap' }).click();
  told('jump, wrapped', await jumps(page), 'budget 50');
  say('rows in the page', await page.getByRole('log').locator('[data-index]').count(), '   (budget 100)');
  say('memory of the page', (await heapOf(page)) / 1e6, 'MB   (budget 150)');

  const searched = Date.now();
  await page.getByRole('searchbox', { name: 'Find in the whole output' }).fill('99999 of');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  say('found in the last line but one', Date.now() - searched, 'ms   (with 120 ms until the typing pauses)');
});

test('2,000 lines at a time', async ({ page, browser }) => {
  await signIn(page, 'dr-coordinator');
  await storeRunbook(page, browser, printRunbook('bench-portions', [PORTIONS]));
  const id = await startPrinting(page, browser, 'bench-portions');
  await page.goto(`/drills/${id}?step=portions`);
  await page.getByRole('log').waitFor({ timeout: 60_000 });
  await page.evaluate(countFrames);
  await untilOver(page, id);
  const frames = await page.evaluate(() => window.frameTimes);
  told('frames while lines come in', frames, 'budget 100 (p95)');
  say('memory of the page', (await heapOf(page)) / 1e6, 'MB   (budget 150)');
});

/** From the scroll to the frame that shows it, with layout; less the wait for that frame itself. */
function jumps(page: Page): Promise<number[]> {
  return page.evaluate(
    async ({ places, linePx }) => {
      const log = document.querySelector('[role=log]');
      // This runs in the page, where nothing of this file is.
      // oxlint-disable-next-line unicorn/consistent-function-scoping
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      for (const place of places) {
        await frame();
        const started = performance.now();
        log?.scrollTo(0, place * linePx);
        log?.dispatchEvent(new Event('scroll'));
        // What follows from the scroll is done in the microtasks of this task, and laid out when a height is asked for.
        await new Promise((resolve) => setTimeout(resolve));
        void log?.scrollHeight;
        times.push(performance.now() - started);
        await frame();
      }
      return times;
    },
    { places: JUMPS, linePx: LINE_PX },
  );
}

function countFrames(): void {
  const frames: number[] = [];
  window.frameTimes = frames;
  let before = performance.now();
  const next = (now: number): void => {
    frames.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

function told(what: string, times: readonly number[], budget: string): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  process.stdout.write(`  ${what.padEnd(40)} median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms   (${budget})\n`);
}

function say(what: string, value: number, rest: string): void {
  process.stdout.write(`  ${what.padEnd(40)} ${value.toFixed(value < 100 ? 1 : 0)} ${rest}\n`);
}
