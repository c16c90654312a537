// A JSON or YAML source as plain data, with the line of every part.
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import { readYaml } from '../yaml/yaml-source.ts';
import type { SourcePath } from './source-path.ts';

export interface ReadSource {
  readonly data: unknown;
  readonly lineOf: (path: SourcePath) => number | null;
}

/** JSON is read as the YAML that it is. More levels than this would exhaust those who walk the tree. */
const DEEPEST = 100;

/** One document; anchors, tags and doubled keys are refused with a sentence, because the library's answers to them are guesses. */
export function readSource(text: string, fileName: string): Result<ReadSource> {
  const source = readYaml(text, fileName);
  const [problem] = source.problems;
  if (problem !== undefined) {
    const where = problem.line === undefined ? fileName : `${fileName}, line ${problem.line}`;
    return refused('INVALID_INPUT', `${where}: ${problem.message} ${problem.remedy}`, { problems: source.problems });
  }
  const unfit = unfitText(source.data);
  if (unfit !== null) return refused('INVALID_INPUT', `${fileName} ${unfit}`);
  const finding = { code: 'place', severity: 'warning', message: '', remedy: '' } as const;
  return done({ data: source.data, lineOf: (path) => source.problemAt(path, finding).line ?? null });
}

/** Escapes of JSON and YAML can write what no command can be given. */
export function unfitText(data: unknown): string | null {
  const open = [{ value: data, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (depth > DEEPEST) return `is nested more than ${DEEPEST} levels deep. Write it flatter.`;
    if (typeof value === 'string' && !isFit(value)) return UNFIT;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      if (!isFit(key)) return UNFIT;
      open.push({ value: item, depth: depth + 1 });
    }
  }
  return null;
}

const UNFIT = 'holds a control character or half of a character, written as an escape. Remove it.';

/** What the text of a runbook and of a script must not hold either; carriage returns are taken for line ends. */
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

function isFit(text: string): boolean {
  return !CONTROL.test(text) && text.isWellFormed();
}
