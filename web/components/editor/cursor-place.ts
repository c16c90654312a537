// Where in a runbook the cursor stands, read line by line: also while the text is half-written and no YAML at all.

export interface CursorPlace {
  /** Of the map or list around it when a key is being written, of the value otherwise. */
  readonly path: readonly (string | number)[];
  /** `text` is inside a block of shell text or prose. */
  readonly writes: 'key' | 'value' | 'text';
  /** What has been typed of the key or value. */
  readonly typed: string;
  /** Offset at which it begins. */
  readonly from: number;
  /** Keys already in the same map before the cursor. */
  readonly isInFlow: boolean;
}

interface Level {
  readonly column: number;
  readonly key: string | null;
  index: number;
  /** Nothing stood behind the colon: a list may follow at the same column. */
  readonly isOpen: boolean;
}

const KEY = /^(['"]?)([^\s'"{}[\],#&*!|>%@`:-][^'"{}[\],#:]*|[^\s'"{}[\],#:]+)\1\s*:(?=\s|$)/;

export function cursorPlace(text: string, position: number): CursorPlace {
  const levels: Level[] = [];
  const head = text.slice(0, position);
  const lines = head.split('\n');
  const last = lines.length - 1;
  let block: number | null = null;
  let start = 0;
  for (const [row, line] of lines.entries()) {
    const indent = line.length - line.trimStart().length;
    const isBlank = line.trim() === '';
    if (block !== null && (isBlank ? row < last : indent > block)) {
      if (row === last) return { path: pathOf(levels), writes: 'text', typed: line.trimStart(), from: start + indent, isInFlow: false };
    } else if (row === last) {
      return placeInLine(levels, line, start);
    } else if (!isBlank && !line.trimStart().startsWith('#')) {
      block = take(levels, line) ? indent : null;
    }
    start += line.length + 1;
  }
  return { path: [], writes: 'key', typed: '', from: position, isInFlow: false };
}

/** Puts a line's dashes and key onto the levels; true when a block of text begins behind it. */
function take(levels: Level[], line: string): boolean {
  const { column, rest } = takeDashes(levels, line);
  const key = KEY.exec(rest);
  if (key === null) return /^[|>][+-]?\d?\s*(#.*)?$/.test(rest);
  const value = rest
    .slice(key[0].length)
    .trim()
    .replace(/\s*#.*$/, '');
  leave(levels, column, false);
  levels.push({ column, key: key[2]?.trim() ?? '', index: -1, isOpen: value === '' });
  return /^[|>][+-]?\d?$/.test(value);
}

function takeDashes(levels: Level[], line: string): { readonly column: number; readonly rest: string } {
  let column = line.length - line.trimStart().length;
  let rest = line.slice(column);
  while (rest === '-' || rest.startsWith('- ')) {
    leave(levels, column, true);
    const around = levels.at(-1);
    if (around?.key === null && around.column === column) around.index += 1;
    else levels.push({ column, key: null, index: 0, isOpen: false });
    const gap = rest.length - rest.slice(1).trimStart().length;
    column += gap;
    rest = rest.slice(gap);
  }
  return { column, rest };
}

/** Leaves what ends before a line that begins at this column. A dash may stand right below the key it belongs to. */
function leave(levels: Level[], column: number, isDash: boolean): void {
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const stays = level.column < column || (isDash && level.column === column && (level.key === null || level.isOpen));
    if (stays) return;
    levels.pop();
  }
}

function placeInLine(levels: Level[], line: string, start: number): CursorPlace {
  const { column, rest } = takeDashes(levels, line);
  const key = KEY.exec(rest);
  if (key === null || key[0].length >= rest.length) {
    leave(levels, column, false);
    const opening = rest.search(/[{[]/);
    if (key === null && opening === 0) return placeInFlow(pathOf(levels), rest, start + column);
    return { path: pathOf(levels), writes: 'key', typed: rest, from: start + column, isInFlow: false };
  }
  leave(levels, column, false);
  const path = [...pathOf(levels), key[2]?.trim() ?? ''];
  const behind = rest.slice(key[0].length);
  const value = behind.trimStart();
  const from = start + column + key[0].length + (behind.length - value.length);
  if (/^[{[]/.test(value)) return placeInFlow(path, value, from);
  return { path, writes: 'value', typed: value, from, isInFlow: false };
}

interface Bracket {
  readonly isMap: boolean;
  key: string | null;
  index: number;
}

/** Behind braces and brackets of one line. */
function placeInFlow(path: readonly (string | number)[], value: string, start: number): CursorPlace {
  const open: Bracket[] = [];
  let from = 0;
  let quote: string | null = null;
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at] ?? '';
    if (quote !== null) {
      if (sign === quote) quote = null;
    } else if ((sign === '"' || sign === "'") && value.slice(from, at).trim() === '') {
      quote = sign;
    } else if (sign === '{' || sign === '[') {
      open.push({ isMap: sign === '{', key: null, index: 0 });
      from = at + 1;
    } else if (sign === '}' || sign === ']') {
      open.pop();
      from = at + 1;
    } else if (sign === ',') {
      const around = open.at(-1);
      if (around !== undefined) {
        around.key = null;
        around.index += 1;
      }
      from = at + 1;
    } else if (sign === ':' && (value[at + 1] ?? ' ') === ' ' && open.at(-1)?.isMap === true) {
      const around = open.at(-1);
      if (around?.key === null) {
        around.key = value.slice(from, at).trim().replaceAll(/['"]/g, '');
        from = at + 1;
      }
    }
  }
  const inside = open.flatMap((bracket): (string | number)[] => (bracket.isMap ? (bracket.key === null ? [] : [bracket.key]) : [bracket.index]));
  const rest = value.slice(from);
  const typed = rest.trimStart();
  const around = open.at(-1);
  const writes = around !== undefined && around.isMap && around.key === null ? 'key' : 'value';
  return { path: [...path, ...inside], writes, typed, from: start + from + (rest.length - typed.length), isInFlow: true };
}

function pathOf(levels: readonly Level[]): readonly (string | number)[] {
  return levels.map(({ key, index }) => key ?? index);
}
