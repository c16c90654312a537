// `npm test`: types, lint, unit and store and SSH tests, the build, and the app in a browser. Stops at the first part that fails.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './node-binary.mjs';
import { bold, finish, runShown, say, SetupError, timed } from './progress.mjs';
import { binOf, ensureBuilt, ensureInstalled, nodeBinary, npm } from './ready.mjs';
import { ROOT } from './root.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { readPlaywright, readVitest } from './test-counts.mjs';

const RESULTS = join(ROOT, 'test-results');
const UNIT_JSON = join(RESULTS, 'unit.json');
const E2E_JSON = join(RESULTS, 'end-to-end.json');

/** What the shipped runbooks are drilled on, and sudo for steps that run as another account. */
const SITE_PROGRAMS = ['redis-server', 'nginx', 'named', 'nsupdate', 'curl', 'restic', 'sudo'];

/** In the order in which they are run. `count` reads how many tests passed and failed; parts without tests have none. */
const PARTS = [
  { key: 'types', title: 'Types', run: () => npmScript('types') },
  { key: 'lint', title: 'Lint', run: () => npmScript('lint') },
  {
    key: 'unit',
    title: 'Unit, store and SSH tests',
    run: unitTests,
    needs: ['sshd', 'initdb', ...SITE_PROGRAMS],
    count: () => readVitest(UNIT_JSON),
  },
  { key: 'build', title: 'Build', run: build },
  { key: 'e2e', title: 'End-to-end tests', run: endToEndTests, needs: ['chromium', 'sshd'], count: () => readPlaywright(E2E_JSON) },
];

await finish(test());

async function test() {
  const parts = chosenParts(process.argv.slice(2));
  await ensureInstalled();
  await ensureSystemPackages(parts.flatMap(({ needs = [] }) => needs));
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const total = { passed: 0, failed: 0 };
  for (const part of parts) {
    const isGood = await runPart(part);
    const { passed, failed } = part.count?.() ?? { passed: 0, failed: 0 };
    total.passed += passed;
    // A part that fails without a failed test (types, lint, a crash) is one failure.
    total.failed += isGood ? failed : Math.max(1, failed);
    if (!isGood) break;
  }
  say('');
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function chosenParts(args) {
  const keys = PARTS.map(({ key }) => key);
  const only =
    args
      .find((arg) => arg.startsWith('--only='))
      ?.slice('--only='.length)
      .split(',') ?? keys;
  const strangers = [...only.filter((key) => !keys.includes(key)), ...args.filter((arg) => !arg.startsWith('--only='))];
  if (strangers.length > 0) throw new SetupError(`"${strangers[0]}" is not known. Use --only= with one or more of ${keys.join(',')}.`);
  return PARTS.filter(({ key }) => only.includes(key));
}

async function runPart({ title, run }) {
  say('');
  say(bold(`== ${title}`));
  const start = Date.now();
  const code = await run();
  say(`${title}: ${code === 0 ? 'passed' : 'FAILED'} after ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return code === 0;
}

function npmScript(name) {
  return runShown({ ...npm(['run', '--silent', name]), env: environment() });
}

function unitTests() {
  const args = [binOf('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_JSON}`];
  return runShown({ command: nodeBinary(), args, env: environment() });
}

async function build() {
  await ensureBuilt();
  return 0;
}

async function endToEndTests() {
  await timed('Checking the build', ensureBuilt());
  const env = environment({ PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_JSON });
  return runShown({ command: nodeBinary(), args: [binOf('@playwright/test', 'playwright'), 'test', '--reporter=list,json'], env });
}
