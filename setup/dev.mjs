// `npm run dev`: the API, restarted when a source changes, and the web app's development server, ended together.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment } from './node-binary.mjs';
import { finish } from './progress.mjs';
import { binOf, ensureInstalled, nodeBinary } from './ready.mjs';
import { ROOT } from './root.mjs';

await finish(dev());

async function dev() {
  await ensureInstalled();
  const children = [
    start(['--watch', '--enable-source-maps', '--import', '@swc-node/register/esm-register', join('api', 'main.ts')]),
    start([binOf('vite'), 'web']),
  ];
  const endAll = () => children.forEach((child) => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll);
  const codes = await Promise.all(
    children.map(async (child) => {
      const code = await ended(child);
      endAll();
      return code;
    }),
  );
  return Math.max(...codes);
}

function start(args) {
  return spawn(nodeBinary(), args, { cwd: ROOT, env: environment({ SWC_NODE_PROJECT: 'tsconfig.api.json' }), stdio: 'inherit' });
}

/** Ended by a signal is how this ends every day: not a failure. */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 0));
  });
}
