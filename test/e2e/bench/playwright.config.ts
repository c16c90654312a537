// `npm run bench:web`: the same demo and the same Chromium as the end-to-end tests; times are printed and not asserted.
import { defineConfig } from '@playwright/test';
import base from '../../../playwright.config.ts';

export default defineConfig({ ...base, testDir: '.', testMatch: '*.bench.ts', timeout: 600_000, outputDir: '../../../test-results/bench-web' });
