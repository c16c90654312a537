// Runbooks in which something was changed, as a slip of the pen or an enemy would.
import type { Written } from './written-runbook.ts';

/** Values that are right somewhere and wrong elsewhere. */
const POOL: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  5,
  1.5,
  256,
  599,
  0xe8d4a51000,
  '',
  'x',
  'a b',
  's0',
  'first',
  'local',
  'skip',
  'stdout',
  'warn',
  'goto',
  '5',
  '1s',
  '0s',
  '5 minutes',
  '25%',
  '0%',
  '101%',
  '$',
  '${word}',
  '${',
  '(',
  'https://a.example',
  'ftp://a',
  'a:80',
  'a:0',
  'a:99999',
  '[::1]:53',
  '/etc/x',
  '/etc/',
  'etc/x',
  '0644',
  '644',
  '999',
  '../x',
  'PATH',
  'LD_X',
  'seq',
  'A b',
  '$.a',
  'a\nb',
  [],
  {},
  ['x'],
  ['x', 'x'],
  [1],
  { x: 1 },
  { goto: 's0' },
  { input: 'word' },
  { script: 'a.sh' },
  { run: 'true' },
  { step: 'revert' },
  { url: 'https://a.example' },
  { tcp: 'a:80' },
  { http: 'https://a.example' },
  {
    from: 'stdout',
    json: '$.a',
  },
  { header: 'x' },
  { json: '$.a' },
  {
    host: 'a',
    port: 7e4,
  },
  { secret: true },
];

/** Keys from all over the language, and some that it does not have. */
const KEYS = [
  'id',
  'title',
  'needs',
  'on',
  'run',
  'check',
  'wait',
  'http',
  'copy',
  'confirm',
  'approve',
  'sleep',
  'call',
  'notify',
  'undo',
  'drill',
  'when',
  'always',
  'timeout',
  'retry',
  'expect',
  'capture',
  'foreach',
  'batch',
  'shell',
  'env',
  'user',
  'become',
  'onFailure',
  'secret',
  'type',
  'url',
  'script',
  'from',
  'to',
  'json',
  'header',
  'status',
  'exit',
  'body',
  'local',
  'labels',
  'zebra',
  'Title',
  'constructor',
  'a b',
];

type Path = readonly (string | number)[];

/** The runbook with one change; the seeds choose where, how and with what. */
export function mutated(written: Written, [where = 0, how = 0, what = 0, more = 0]: readonly number[]): Written {
  const copy: unknown = structuredClone(written);
  const paths = pathsIn(copy);
  const path = paths[where % paths.length] ?? [];
  const parent: object = Object(at(copy, path.slice(0, -1)));
  const last = path.at(-1) ?? '';
  const value = structuredClone(POOL[what % POOL.length]);
  const key = KEYS[more % KEYS.length] ?? '';
  const own = at(copy, path);
  switch (how % 6) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else Reflect.deleteProperty(parent, last);
      break;
    case 1:
      Reflect.set(parent, last, value);
      break;
    case 2:
      Reflect.set(isSet(own) ? own : parent, Array.isArray(parent) && !isSet(own) ? last : key, value);
      break;
    case 3:
      if (Array.isArray(parent)) parent.push(structuredClone(own));
      else {
        Reflect.deleteProperty(parent, last);
        Reflect.set(parent, key, own);
      }
      break;
    case 4:
      Reflect.set(parent, last, [own]);
      break;
    default: {
      // A part of another place, which is right there.
      const other = paths[more % paths.length] ?? [];
      Reflect.set(parent, last, structuredClone(at(copy, other)));
    }
  }
  return Object(copy);
}

/** The paths of everything below the root. */
function pathsIn(root: unknown): readonly Path[] {
  const found: Path[] = [];
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (path.length > 0) found.push(path);
    if (typeof value !== 'object' || value === null) continue;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, item] of entries) open.push({ value: item, path: [...path, key] });
  }
  return found;
}

function at(root: unknown, path: Path): unknown {
  return path.reduce((value: unknown, key) => Reflect.get(Object(value), key), root);
}

function isSet(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
