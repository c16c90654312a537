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
  const api = `http://127.0.0.1:${process.env.MUSTER_PORT ?? '4000'}`;
  const children = [
    start(['--watch', '--enable-source-maps', '--import', '@swc-node/register/esm-register', join('api', 'main.ts')]),
    start([binOf('vite'), 'web'], { MUSTER_API: api }),
  ];
  let isAsked = false;
  const endAll = () => children.forEach((child) => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isAsked = true;
      endAll();
    });
  }
  const ends = children.map(ended);
  const first = await Promise.race(ends);
  endAll();
  await Promise.all(ends);
  return isAsked ? 0 : first;
}

function start(args, more = {}) {
  return spawn(nodeBinary(), args, { cwd: ROOT, env: environment({ SWC_NODE_PROJECT: 'tsconfig.api.json', ...more }), stdio: 'inherit' });
}

/** Resolves with the exit code; 1 when a signal ended it. */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
