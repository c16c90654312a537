// YAML text to plain data with places: one document, no anchors, no tags, no key twice.
import { LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, Pair, YAMLError, YAMLMap } from 'yaml';
import type { Problem } from '../errors.ts';
import { layoutOf } from './layout.ts';
import type { Found } from './layout.ts';
import { byPlace } from './place.ts';
import type { Path, Place, Places } from './place.ts';

export interface YamlFile {
  /** Plain data; null when there are problems. */
  readonly value: unknown;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

/**
 * Reads YAML 1.2. Keys are compared here instead of by the library's `uniqueKeys`, whose time is quadratic: a file of 1 MB would
 * keep the process busy for a minute.
 */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const places = placesOf({ document, text, lines }, file);
  const problems = [...syntaxFaults(document), ...contentFaults(document)].map((fault): Problem => {
    const { code, message, remedy } = fault;
    return { code, severity: 'error', message, remedy, file, ...placeOf(lines, fault.offset) };
  });
  if (problems.length > 0) return { value: null, places, problems: problems.toSorted(byPlace) };
  return { value: document.toJS({ maxAliasCount: 0 }), places, problems };
}

interface Fault {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

const REMEDY_OF_ERROR: Readonly<Record<string, readonly [code: string, message: string, remedy: string]>> = {
  TAB_AS_INDENT: ['tab-indent', 'A tab is used as indentation.', 'Indent with spaces.'],
  MULTIPLE_DOCS: ['several-documents', 'The file holds more than one YAML document.', 'Keep one runbook in a file; remove the `---` between them.'],
  RESOURCE_EXHAUSTION: ['too-deep', 'The file is nested too deeply to be read.', 'Write it flatter.'],
};

/** The first one only: what follows is mostly its echo. */
function syntaxFaults(document: Document.Parsed): readonly Fault[] {
  const first: YAMLError | undefined = document.errors.toSorted((a, b) => rank(a) - rank(b) || a.pos[0] - b.pos[0])[0];
  if (first !== undefined) {
    const known = REMEDY_OF_ERROR[first.code];
    if (known !== undefined) return [{ code: known[0], offset: first.pos[0], message: known[1], remedy: known[2] }];
    return [
      {
        code: 'yaml-syntax',
        offset: first.pos[0],
        message: `This is not YAML: ${first.message}.`,
        remedy: 'Check indentation, quotes and brackets here.',
      },
    ];
  }
  const { yaml } = document.directives;
  if (yaml.explicit === true && yaml.version !== '1.2') {
    return [
      {
        code: 'yaml-version',
        offset: 0,
        message: `The file asks for YAML ${yaml.version}.`,
        remedy: 'Remove the %YAML line; runbooks are YAML 1.2.',
      },
    ];
  }
  if (document.contents === null) {
    return [{ code: 'empty-file', offset: 0, message: 'The file is empty.', remedy: 'Begin with `runbook:`, `title:` and `steps:`.' }];
  }
  return document.warnings.map((warning) => ({
    code: 'yaml-tag',
    offset: warning.pos[0],
    message: `${warning.message}.`,
    remedy: 'Remove the tag; quote the value when text is meant.',
  }));
}

/** Running out of stack and a second document are the cause of the other errors they come with. */
function rank(error: YAMLError): number {
  return error.code === 'RESOURCE_EXHAUSTION' || error.code === 'MULTIPLE_DOCS' ? 0 : 1;
}

function contentFaults(document: Document.Parsed): readonly Fault[] {
  if (document.errors.length > 0) return [];
  const faults: Fault[] = [];
  visit(document, {
    Node: (_, node) => {
      const isAnchored = isAlias(node) || ('anchor' in node && node.anchor !== undefined);
      if (!isAnchored) return;
      faults.push({
        code: 'yaml-alias',
        offset: node.range?.[0] ?? 0,
        message: 'Anchors and aliases are not part of the runbook language.',
        remedy: 'Write the value out where it is used.',
      });
    },
    Map: (_, map) => {
      // One by one: there may be more than a call can take as arguments.
      for (const fault of keyFaults(map)) faults.push(fault);
    },
  });
  return faults;
}

function keyFaults(map: YAMLMap): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const { key } of map.items) {
    const name = isScalar(key) ? key.value : null;
    const offset = offsetOf(key) ?? 0;
    if (typeof name !== 'string') {
      faults.push({ code: 'key-not-text', offset, message: 'A key must be text.', remedy: 'Put the key in quotes.' });
    } else if (seen.has(name)) {
      faults.push({ code: 'duplicate-key', offset, message: `\`${name}\` is written twice.`, remedy: 'Keep one of the two.' });
    } else {
      seen.add(name);
    }
  }
  return faults;
}

interface ReadText {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly lines: LineCounter;
}

function placesOf({ document, text, lines }: ReadText, file: string): Places {
  const pairsOf = pairIndex();
  const find = (path: Path): Found => {
    let found: Found = { around: null, key: null, node: document.contents };
    for (const name of path) {
      const around: unknown = found.node;
      const pair = isMap(around) ? pairsOf(around).get(name) : undefined;
      found = { around, key: pair?.key ?? null, node: isSeq(around) && typeof name === 'number' ? around.items[name] : pair?.value };
    }
    return found;
  };
  return {
    file,
    of(path: Path, at: 'key' | 'value' = 'value'): Place | null {
      const { key, node } = find(path);
      const offset = (at === 'key' ? offsetOf(key) : null) ?? offsetOf(node);
      return offset === null ? null : placeOf(lines, offset);
    },
    layoutOf: (path) => layoutOf(find(path), text, (offset) => placeOf(lines, offset)),
  };
}

/** The pairs of a map by key, gathered once: the library looks from the start each time. */
function pairIndex(): (map: YAMLMap) => ReadonlyMap<unknown, Pair> {
  const known = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();
  return (map) => {
    const found = known.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : null, pair]));
    known.set(map, found);
    return found;
  };
}

function offsetOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
