// What the tests in the browser share: signing in as one of the demo's people, and asking the API what the page should show.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { E2E_DATA } from '../../playwright.config.ts';

export type DemoPerson = 'dr-coordinator' | 'ledger-owner' | 'payments-duty' | 'internal-auditor' | 'demo-admin';

export function demoPassword(): string {
  return readFileSync(join(E2E_DATA, 'sign-in-password'), 'utf8').trim();
}

/** Leaves the person on the overview. */
export async function signIn(page: Page, person: DemoPerson): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Name').fill(person);
  await page.getByLabel('Password').fill(demoPassword());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Readiness' })).toBeVisible();
}

/** A page of a browser of its own, signed in. */
export async function pageOf(browser: Browser, person: DemoPerson, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, person);
  return page;
}

/** Asks the API with the cookie of the page. */
export async function ask<T>(page: Page, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await page.request.post('/graphql', {
    headers: { 'content-type': 'application/json', origin: new URL(page.url()).origin },
    data: { query, variables },
  });
  const answer: { data?: T; errors?: unknown } = await response.json();
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  if (answer.data == null) throw new Error('The API answered without data.');
  return answer.data;
}

/** Errors that the page told the console of, and requests that left the origin; to be empty at the end of a test. */
export function watch(page: Page): { readonly faults: string[] } {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`left the origin: ${request.url()}`);
  });
  return { faults };
}
