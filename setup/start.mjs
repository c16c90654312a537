// `npm start`: installs and builds what is missing, then starts the app.
import { finish } from './progress.mjs';
import { ensureBuilt, ensureInstalled, runNode } from './ready.mjs';

/** What packets of a flood leave behind is freed sooner: 186 MB at most instead of 221, and no slower (npm run bench:engine). */
const FREE_SOONER = '--max-semi-space-size=4';

await finish(start());

async function start() {
  await ensureInstalled();
  await ensureBuilt();
  return runNode([FREE_SOONER, 'dist/api/main.js', ...process.argv.slice(2)]);
}
