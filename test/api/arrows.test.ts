// The shape of the code: who may import whom, no circles, no long files. The reasons stand beside the rules.
import { describe, expect, test } from 'vitest';
import { sourceFiles, type SourceFile } from '../support/source-files.ts';

const api = sourceFiles('api');
const web = sourceFiles('web');

const ADAPTERS = [
  'db',
  'ssh',
  'own-machine',
  'secrets',
  'engine',
  'timer',
  'queue',
  'import',
  'evidence',
  'notify',
  'graphql',
  'http',
  'passwords',
  'cli',
  'demo',
];

/** Composition roots know every layer; nobody else does. */
const ROOTS: ReadonlySet<string> = new Set([
  'api/main.ts',
  'api/cli.ts',
  'api/compose.ts',
  'api/compose-work.ts',
  'api/load-runbooks.ts',
  'api/demo/demo.ts',
]);

/** Pure packages: they compute, and reach nothing. */
const DOMAIN_PACKAGES: ReadonlySet<string> = new Set([
  'node:crypto',
  'node:buffer',
  'yaml',
  'ajv',
  'ajv/dist/2020.js',
  'cron-parser',
  'ical.js',
  '@marcbachmann/cel-js',
  'jsonpath-rfc9535',
  'jsonpath-rfc9535/parser',
]);

describe('the arrows between layers', () => {
  test('domain imports only itself and pure packages, so that a score can be recomputed anywhere', () => {
    expect(offences(inLayer('domain'), (imported) => imported.startsWith('api/domain/') || DOMAIN_PACKAGES.has(imported))).toEqual([]);
  });

  test('application imports only domain and itself, so that use cases do not depend on what serves them', () => {
    expect(offences(inLayer('application'), (imported) => /^api\/(domain|application)\//.test(imported) || imported === 'node:crypto')).toEqual([]);
  });

  test.each(ADAPTERS)('%s knows no other adapter: they meet through ports', (adapter) => {
    const isAllowed = (imported: string): boolean =>
      !imported.startsWith('api/') || new RegExp(`^api/(domain|application|${adapter})/`).test(imported);
    expect(offences(inLayer(adapter), isAllowed)).toEqual([]);
  });

  test('every folder of the API is a layer that this test knows', () => {
    const folders = new Set(api.flatMap(({ path }) => path.match(/^api\/([^/]+)\//)?.[1] ?? []));
    expect([...folders].filter((folder) => !['domain', 'application', ...ADAPTERS].includes(folder))).toEqual([]);
  });

  test('the web app imports nothing from the API: the schema is the contract', () => {
    expect(offences(web, (imported) => !imported.startsWith('api/'))).toEqual([]);
  });

  test.each([
    ['kysely', /^api\/db\//],
    ['ssh2', /^api\/(ssh|demo\/range)\//],
    ['node-schedule', /^api\/timer\//],
    ['type-graphql', /^api\/graphql\//],
    ['express', /^api\/(http|graphql)\//],
  ])('%s is spoken in one place', (name, place) => {
    const users = api.filter(({ imports }) => imports.some((imported) => imported === name || imported.startsWith(`${name}/`)));
    expect(users.length).toBeGreaterThan(0);
    expect(users.map(({ path }) => path).filter((path) => !place.test(path))).toEqual([]);
  });
});

describe('the files', () => {
  const everything = [...api, ...web, ...sourceFiles('test', 'setup')];

  test('no file is longer than 300 lines', () => {
    expect(everything.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('every file opens with a sentence on what it is for', () => {
    const opening = /^(#![^\n]*\n)?(\/\/ \S|\/\*\* \S|<!-- \S)/;
    expect(everything.filter(({ text }) => !opening.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('no file imports itself over a detour', () => {
    expect(circles(everything)).toEqual([]);
  });
});

function inLayer(layer: string): readonly SourceFile[] {
  return api.filter(({ path }) => path.startsWith(`api/${layer}/`) && !ROOTS.has(path));
}

function offences(files: readonly SourceFile[], isAllowed: (imported: string) => boolean): readonly string[] {
  return files.flatMap(({ path, imports }) => imports.filter((imported) => !isAllowed(imported)).map((imported) => `${path} imports ${imported}`));
}

/** The files on a circle of imports, found by taking away again and again what imports nothing that is left. */
function circles(files: readonly SourceFile[]): readonly string[] {
  const left = new Map(files.map(({ path, imports }) => [path, imports]));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [path, imports] of left) if (!imports.some((imported) => left.has(imported))) left.delete(path);
  }
  const importedByLeft = new Set([...left.values()].flat());
  return [...left.keys()].filter((path) => importedByLeft.has(path));
}
