// Texts with `${name}` in them: URLs, messages, headers, host names. Never shell text.

/** `$${` stands for `${` itself. */
const PLACE = /\$\$\{|\$\{([a-z][a-z0-9_]{0,62})\}/g;
/** What looks like a place and is none. */
const STRAY = /\$\$\{|\$\{[a-z][a-z0-9_]{0,62}\}|\$\{/g;

/** The names that the text asks for, each once. */
export function templateNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACE)].flatMap((match) => match[1] ?? []))];
}

/** Whether the text holds a `${` that is neither a name nor escaped. */
export function hasStrayPlace(text: string): boolean {
  return [...text.matchAll(STRAY)].some((match) => match[0] === '${');
}

/** The text with its values, each encoded for the place; null when a value is missing. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>, encode: (value: string) => string = plain): string | null {
  let isWhole = true;
  const filled = text.replaceAll(PLACE, (place, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) isWhole = false;
    return encode(value ?? '');
  });
  return isWhole ? filled : null;
}

function plain(value: string): string {
  return value;
}
