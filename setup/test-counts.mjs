// How many tests passed and failed, from the reports of the two test runners.
import { existsSync, readFileSync } from 'node:fs';

/** Null when the runner ended before it could write its report. */
export function readVitest(path) {
  const report = read(path);
  return report === null ? null : { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** A test that passed at a second attempt passed; Playwright calls it flaky. */
export function readPlaywright(path) {
  const report = read(path);
  return report === null ? null : { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
