// `npm start`: installs and builds what is missing, then starts the app.
import { finish } from './progress.mjs';
import { ensureBuilt, ensureInstalled, runNode } from './ready.mjs';

/** What the packets of a flood leave behind is freed sooner, which keeps the process below 200 MB (docs/performance.md). */
const FREE_SOONER = '--max-semi-space-size=4';

await finish(start());

async function start() {
  await ensureInstalled();
  await ensureBuilt();
  return runNode([FREE_SOONER, 'dist/api/main.js', ...process.argv.slice(2)]);
}
