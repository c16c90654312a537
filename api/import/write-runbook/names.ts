// Keys and variables out of the names that other tools allow, each used once.
import { isVariableName } from '../../domain/runbook/variable-name.ts';

/** Ids are read in tables and typed in `needs`. */
const LONGEST_ID = 48;

/** Gives each text a name of its own: a second one of the same form gets `-2`. */
export function nameGiver(): (text: string, otherwise: string) => string {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return (text, otherwise) => {
    const base = keyFrom(text) ?? otherwise;
    let count = counts.get(base) ?? 0;
    let name = base;
    do {
      count += 1;
      name = count === 1 ? base : `${base}-${count}`;
    } while (taken.has(name));
    counts.set(base, count);
    taken.add(name);
    return name;
  };
}

/** Lower-case letters, digits and dashes; null when nothing of the text is left. */
export function keyFrom(text: string): string | null {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '');
  let key = '';
  for (const word of words) {
    if (key !== '' && key.length + word.length >= LONGEST_ID) break;
    key = key === '' ? word.slice(0, LONGEST_ID) : `${key}-${word}`;
  }
  return key === '' ? null : key;
}

/** A name that may become a shell variable, unlike all that are taken. */
export function variableFrom(text: string, taken: Iterable<string>): string {
  const base = (keyFrom(text) ?? 'value').replaceAll('-', '_');
  const letterFirst = /^[a-z]/.test(base) ? base : `v_${base}`;
  const start = isVariableName(letterFirst) ? letterFirst : `the_${letterFirst}`;
  const used = new Set(taken);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? start : `${start}_${count}`;
    if (!used.has(name)) return name;
  }
}

/** A title for people out of a name for programs: `drain_node` becomes "Drain node". */
export function titleFrom(name: string): string {
  const words = name.includes(' ')
    ? name.trim()
    : name
        .replaceAll(/[-_]+/g, ' ')
        .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
        .trim();
  const text = words === '' ? name : words;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
