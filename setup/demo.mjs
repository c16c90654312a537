// `npm run demo`: installs and builds what is missing, then starts the app with the practice range and the demo portfolio.
import { finish } from './progress.mjs';
import { ensureBuilt, ensureInstalled, runNode } from './ready.mjs';

await finish(demo());

async function demo() {
  await ensureInstalled();
  await ensureBuilt();
  return runNode(['dist/api/demo/demo.js', ...process.argv.slice(2)]);
}
