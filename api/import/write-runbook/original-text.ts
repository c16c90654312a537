// The original of what a person has to do, as Markdown that shows every character of it.
import { stringify } from 'yaml';

/** A block whose fence is longer than any in the text. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(0, ...[...text.matchAll(/`{3,}/g)].map((run) => run[0].length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Part of a source that is a tree. */
export function fencedData(data: unknown): string {
  return fenced(stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }), 'yaml');
}

/** For texts in which `${name}` stands for a value: what names none of ours stays as it is. */
export function withoutPlaces(text: string, known: ReadonlyMap<string, string> = new Map()): string {
  return text.replaceAll(/\$\{(?:([A-Za-z_][\w.-]*)\})?/g, (place, name: string | undefined) => {
    const variable = name === undefined ? undefined : known.get(name);
    return variable === undefined ? `$${place}` : `\${${variable}}`;
  });
}
