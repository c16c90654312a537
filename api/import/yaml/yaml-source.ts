// A YAML file with the places of its parts: read with care, so that no text can exhaust memory or say two things at once.
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import type { Problem } from '../../domain/errors.ts';

/** More than 10,000 services with their dependencies take; the text of a larger file is refused unread. */
const LARGEST_TEXT = 8 * 1_024 * 1_024;

/** Where a value stands: keys and indexes from the top. */
export type YamlPath = readonly (string | number)[];

/** What is wrong, before its place is known. */
export type Finding = Pick<Problem, 'code' | 'severity' | 'message' | 'remedy'>;

export interface YamlSource {
  /** The file as plain data; undefined when it could not be read. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** The finding with file, line and column of the value at a path, or of the nearest part around it that there is. */
  problemAt(path: YamlPath, finding: Finding): Problem;
  /** The same for a key of the map at a path. */
  problemAtKey(path: YamlPath, key: string, finding: Finding): Problem;
}

/** Exactly one document; anchors, aliases, custom tags, doubled keys and keys that are no text are errors with a place. */
export function readYaml(text: string, fileName: string): YamlSource {
  if (text.length > LARGEST_TEXT) return refusedSource(fileName, { ...TOO_LARGE, severity: 'error' });
  const lines = new LineCounter();
  // Doubled keys are looked for below: the library compares every key with every other.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const place = (offset: number | undefined): Pick<Problem, 'file' | 'line' | 'column'> => placeOf(fileName, lines, offset);
  const problems = [...syntaxProblems(document, place), ...shapeProblems(document, place)];
  if (problems.length === 0 && document.contents === null) return refusedSource(fileName, { ...EMPTY, severity: 'error' });
  const problemAt = (path: YamlPath, finding: Finding): Problem => ({ ...finding, ...place(nearestNode(document, path)?.range?.[0]) });
  return {
    data: problems.length > 0 ? undefined : (document.toJS({ maxAliasCount: 0 }) as unknown),
    problems,
    problemAt,
    problemAtKey(path, key, finding) {
      const keyNode = keyNodeOf(document, path, key);
      return keyNode === null ? problemAt(path, finding) : { ...finding, ...place(keyNode.range?.[0]) };
    },
  };
}

const TOO_LARGE = {
  code: 'file-too-large',
  message: `The file is longer than ${LARGEST_TEXT / 1_048_576} MiB.`,
  remedy: 'Split it, or leave out what is not needed.',
} as const;

const EMPTY = { code: 'file-empty', message: 'The file is empty.', remedy: 'Choose another file, or write something into this one.' } as const;

type Place = (offset: number | undefined) => Pick<Problem, 'file' | 'line' | 'column'>;

function placeOf(file: string, lines: LineCounter, offset: number | undefined): Pick<Problem, 'file' | 'line' | 'column'> {
  if (offset === undefined) return { file };
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

function refusedSource(file: string, finding: Finding): YamlSource {
  const problemAt = (_path: YamlPath, other: Finding): Problem => ({ ...other, file, line: 1, column: 1 });
  return { data: undefined, problems: [problemAt([], finding)], problemAt, problemAtKey: (path, _key, other) => problemAt(path, other) };
}

function syntaxProblems(document: Document.Parsed, place: Place): readonly Problem[] {
  return [...document.errors, ...document.warnings].slice(0, SHOWN_AT_MOST).map((error) => ({
    code: 'yaml-syntax',
    severity: 'error',
    message: error.code === 'MULTIPLE_DOCS' ? 'The file holds more than one YAML document.' : `${error.message.replace(/\.$/, '')}.`,
    remedy: error.code === 'MULTIPLE_DOCS' ? 'Keep one document in a file, without `---` in between.' : 'Correct the YAML here.',
    ...place(error.pos[0]),
  }));
}

/** One broken line can lead to thousands of errors after it. */
const SHOWN_AT_MOST = 20;

function shapeProblems(document: Document.Parsed, place: Place): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (finding: Omit<Finding, 'severity'>, node: Node): void =>
    void problems.push({ ...finding, severity: 'error', ...place(node.range?.[0]) });
  visit(document, {
    Alias: (_, node) =>
      add({ code: 'yaml-alias', message: `The alias *${node.source} is not allowed.`, remedy: 'Write the value out in full.' }, node),
    Map: (_, node) => addKeyProblems(node, add),
  });
  return problems;
}

function addKeyProblems(map: YAMLMap, add: (finding: Omit<Finding, 'severity'>, node: Node) => void): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key) || typeof key.value !== 'string') {
      add(
        { code: 'yaml-key', message: 'A key must be a plain text.', remedy: 'Write the key as a word, in quotes if it looks like a number.' },
        isScalar(key) ? key : map,
      );
      continue;
    }
    if (seen.has(key.value)) {
      add({ code: 'duplicate-key', message: `The key \`${key.value}\` stands here a second time.`, remedy: 'Keep one of them.' }, key);
    }
    seen.add(key.value);
  }
}

function nearestNode(document: Document.Parsed, path: YamlPath): Node | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return null;
}

function keyNodeOf(document: Document.Parsed, path: YamlPath, key: string): Node | null {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return null;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? pair.key : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}
