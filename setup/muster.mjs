#!/usr/bin/env node
// The muster command: from a package it runs what was built; from a clone it compiles the sources first, when they have changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeBinary } from './node-binary.mjs';
import { SetupError } from './progress.mjs';
import { ROOT } from './root.mjs';
import { hashOfFiles } from './stamp.mjs';

const SOURCES = join(ROOT, 'api');
/** Beside the build of the app, which may be older: below the same package.json, so that modules and packages are found the same way. */
const COMPILED = join(ROOT, 'dist', 'cli');
const STAMP = join(COMPILED, '.muster-stamp');

/** As tsconfig.api.json says. */
const COMPILER_OPTIONS = {
  configFile: false,
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'nodenext' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    rewriteRelativeImportExtensions: true,
  },
};

/** Set by us for a second start, which must not lead to a third. */
const STARTED = 'MUSTER_CLI_STARTED';

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const isClone = existsSync(join(SOURCES, 'cli.ts'));
  if (isClone) await install();
  // Packages of the app need a newer Node than some machines have; the project brings one along.
  const node = nodeBinary();
  if (node !== process.execPath && process.env[STARTED] === undefined) process.exit(startAgain(node));
  delete process.env[STARTED];
  const program = isClone ? await compiled() : join(ROOT, 'dist', 'api', 'cli.js');
  // Node keeps what it has compiled in the temporary folder; versions before 22 cannot.
  modules.enableCompileCache?.();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(program).href);
}

/** What is told meanwhile goes to stderr: the output may be JSON for a program. */
async function install() {
  const { ensureInstalled } = await import('./ready.mjs');
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    await ensureInstalled();
  } finally {
    process.stdout.write = write;
  }
}

function startAgain(node) {
  const env = { ...process.env, [STARTED]: 'yes' };
  const { status, error } = spawnSync(node, [process.argv[1], ...process.argv.slice(2)], { stdio: 'inherit', env });
  if (error !== undefined) throw error;
  return status ?? 1;
}

/** Path of the program. A second call only reads the sources to see that they are the same. */
async function compiled() {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
  const paths = files.map((name) => relative(ROOT, join(SOURCES, name)));
  const program = join(COMPILED, 'api', 'cli.js');
  const wanted = hashOfFiles(paths);
  if (existsSync(program) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return program;
  const { transformFileSync } = await import('@swc/core');
  rmSync(COMPILED, { recursive: true, force: true });
  for (const name of files) {
    const file = join(COMPILED, 'api', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, transformFileSync(join(SOURCES, name), COMPILER_OPTIONS).code);
  }
  writeFileSync(STAMP, wanted);
  return program;
}
