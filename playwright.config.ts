// End to end: the built demo with its practice range, in a real Chromium.
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const PORT = 4173;
export const E2E_DATA = join(import.meta.dirname, 'data', 'e2e');

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  // One range, one ledger: drills of two tests would wait for each other's locks.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 60_000,
  reporter: [['list']],
  outputDir: 'test-results/e2e',
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    viewport: { width: 1366, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    cwd: import.meta.dirname,
    command: `node dist/api/demo/demo.js --reset --port ${PORT}`,
    url: `http://127.0.0.1:${PORT}/healthz`,
    env: { MUSTER_DATA: E2E_DATA },
    reuseExistingServer: false,
    timeout: 90_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
});
