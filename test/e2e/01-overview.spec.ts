// The overview and the lists, held against the API.
import { expect, test } from '@playwright/test';
import { ask, signIn, watch } from './demo-page.ts';

interface Cells {
  readonly overview: {
    readonly cells: readonly { operatedBy: string; reach: string; count: number; lenses: string[] }[];
    readonly lenses: readonly { lens: string; count: number }[];
  };
}

const CELLS = '{ overview { cells { operatedBy reach count lenses } lenses { lens count } } }';

test('a wrong password is refused in a sentence, and the right one opens the overview', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Name').fill('dr-coordinator');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('password');
  await signIn(page, 'dr-coordinator');
});

test('all twelve cells of the lens map show what the API counts, and each lens filter equals its rectangle', async ({ page }) => {
  const { faults } = watch(page);
  await signIn(page, 'dr-coordinator');
  const { overview } = await ask<Cells>(page, CELLS);
  expect(overview.cells).toHaveLength(12);
  expect(overview.cells.every((cell) => cell.count > 0)).toBe(true);
  const shown = page.getByTestId('lens-cell');
  await expect(shown).toHaveCount(12);
  const counts = await shown.getByTestId('cell-count').allTextContents();
  expect(counts.map(Number)).toEqual(overview.cells.map((cell) => cell.count));
  for (const { lens, count } of overview.lenses) {
    const inRectangle = overview.cells.filter((cell) => cell.lenses.includes(lens)).reduce((sum, cell) => sum + cell.count, 0);
    expect(count).toBe(inRectangle);
    await page.goto(`/services?lens=${lens}`);
    await expect(page.getByTestId('service-row')).toHaveCount(count);
  }
  expect(faults).toEqual([]);
});

test('a service that was never drilled shows a dash and never 0', async ({ page }) => {
  await signIn(page, 'dr-coordinator');
  await page.goto('/services/core-network');
  await expect(page.getByTestId('service-score')).toContainText('Unproven');
  // The number itself; beside it stands how much of the score has any proof, and that is 0 %.
  await expect(page.getByTestId('service-score').locator('.value')).toHaveText('–');
});

test('filters and sort live in the URL', async ({ page }) => {
  await signIn(page, 'dr-coordinator');
  await page.goto('/services?tier=1&sort=NAME');
  await expect(page.getByTestId('service-row')).toHaveCount(8);
  const first = await page.getByTestId('service-row').allTextContents();
  await page.reload();
  await expect(page.getByTestId('service-row')).toHaveCount(first.length);
  expect(await page.getByTestId('service-row').allTextContents()).toEqual(first);
});
