// The arguments of a job reference: `-site ${option.site} -mode "read only"`.

/** Pairs of option and value; null when the text is anything else. */
export function argumentsIn(text: string): readonly (readonly [string, string])[] | null {
  const words = wordsIn(text.trim());
  if (words === null) return null;
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const name = /^--?([A-Za-z][\w.-]*)$/.exec(words[at] ?? '')?.[1];
    const value = words[at + 1];
    if (name === undefined || value === undefined) return null;
    pairs.push([name, value]);
  }
  return pairs;
}

/** Words by blanks, with single and double quotes; null when a quote is left open. */
function wordsIn(text: string): readonly string[] | null {
  const words: string[] = [];
  const word = /\s*((?:"[^"]*"|'[^']*'|[^\s"'])+)/y;
  while (word.lastIndex < text.length) {
    const match = word.exec(text);
    if (match === null) return null;
    words.push(
      (match[1] ?? '').replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double: string | undefined, single: string | undefined) => double ?? single ?? ''),
    );
  }
  return words;
}
