// Which variables shell text reads.

const READ = /\$\{?[#!]?([A-Za-z_][A-Za-z0-9_]*)/gu;
/** Within `$((…))` and after `export` a name stands alone. */
const ARITHMETIC = /\$\(\(([^\n]{0,200}?)\)\)/gu;
const EXPORTED = /\bexport((?:[ \t]+[A-Za-z_]\w*(?:=\S*)?)+)/gu;
const NAME = /[A-Za-z_]\w*/gu;

/** Names of the variables that it reads, hands on or counts with; quotes are not looked at, since most hold text for another shell. */
export function variablesOf(text: string): ReadonlySet<string> {
  const found = new Set([...text.matchAll(READ)].flatMap(([, name]) => name ?? []));
  for (const [, inner] of [...text.matchAll(ARITHMETIC), ...text.matchAll(EXPORTED)]) {
    for (const [name] of (inner ?? '').matchAll(NAME)) found.add(name);
  }
  return found;
}
