// Makes the app ready to run: packages installed and sources built, each only when something has changed since.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment, expectUsableNode, nodeBinary } from './node-binary.mjs';
import { runQuietly, timed } from './progress.mjs';
import { ROOT } from './root.mjs';
import { hashOfFiles, hashOfSources } from './stamp.mjs';

export { nodeBinary, runNode } from './node-binary.mjs';

const INSTALLED = join(ROOT, 'node_modules', '.muster-stamp');
const BUILT = join(ROOT, 'dist', '.muster-stamp');

/** What a build must have left, beside its stamp. */
const OUTPUTS = ['dist/api/main.js', 'web/dist/index.html'];

/** Installs the packages of package-lock.json unless they are there. Without a change it needs no network. */
export async function ensureInstalled() {
  expectUsableNode();
  const wanted = hashOfFiles(['package-lock.json'], `${process.platform} ${process.arch}`);
  if (isStamped(INSTALLED, wanted)) return;
  if (!isAsLocked()) await timed('Installing packages', runQuietly(npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])));
  nodeBinary();
  stamp(INSTALLED, wanted);
}

/** Builds the web app and the API unless the sources are the same as at the last build. */
export async function ensureBuilt() {
  const wanted = hashOfSources();
  if (isStamped(BUILT, wanted) && OUTPUTS.every((path) => existsSync(join(ROOT, path)))) return;
  // What was deleted among the sources must not live on.
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  await timed('Building', build());
  stamp(BUILT, wanted);
}

/** Command, arguments and environment of npm: the one that started us, or else the one on the PATH. */
export function npm(args) {
  const { npm_execpath: script, npm_node_execpath: npmNode } = process.env;
  // Not the Node among the packages: npm is about to remove and replace it.
  const command =
    script?.endsWith('.js') && npmNode !== undefined && existsSync(npmNode)
      ? { command: npmNode, args: [script, ...args] }
      : { command: 'npm', args };
  return { ...command, env: { ...process.env, PATH: withoutPackages(process.env.PATH ?? '') } };
}

/** The JavaScript file of a package's program, to be run by our Node. */
export function binOf(name, bin = name) {
  const folder = join(ROOT, 'node_modules', name);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : bins[bin]);
}

async function build() {
  await Promise.all([node([binOf('vite'), 'build', 'web']), node([binOf('typescript', 'tsc'), '-p', 'tsconfig.build.json'])]);
  await node(['setup/copy-assets.mjs']);
}

function node(args) {
  return runQuietly({ command: nodeBinary(), args, env: environment() });
}

/** True when someone has installed by hand just what package-lock.json says; what other platforms need may be missing. */
function isAsLocked() {
  const hidden = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const { packages: there } = JSON.parse(readFileSync(hidden, 'utf8'));
  const { packages: locked } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(locked).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return there[path] === undefined ? optional === true : there[path].version === version && existsSync(join(ROOT, path));
  });
}

function isStamped(path, wanted) {
  return existsSync(path) && readFileSync(path, 'utf8') === wanted;
}

function stamp(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function withoutPackages(path) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const own = join(ROOT, 'node_modules', '.bin');
  return path
    .split(separator)
    .filter((folder) => folder !== own)
    .join(separator);
}
