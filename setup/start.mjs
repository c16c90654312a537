// `npm start`: installs and builds what is missing, then starts the app.
import { finish } from './progress.mjs';
import { ensureBuilt, ensureInstalled, runNode } from './ready.mjs';

await finish(start());

async function start() {
  await ensureInstalled();
  await ensureBuilt();
  return runNode(['dist/api/main.js', ...process.argv.slice(2)]);
}
