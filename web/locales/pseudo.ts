// Makes a pseudo-locale out of the English one: longer, accented and bracketed, so that a cut or untranslated text shows.

export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

const ACCENTED: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', n: 'ñ', c: 'ç' };
/** German runs about a third longer than English; this is a little more. */
const EXPANSION = 0.4;

/** The same tree of keys; placeholders (`{name}`), literals (`{'@'}`) and plural bars stay as they are. */
export function pseudoLocale(tree: MessageTree): MessageTree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.split(' | ').map(pseudoText).join(' | ') : pseudoLocale(value),
    ]),
  );
}

function pseudoText(text: string): string {
  const body = text.replace(/\{[^}]*\}|[A-Za-z]/gu, (part) => ACCENTED[part] ?? part);
  const letters = text.replace(/\{[^}]*\}/gu, '').length;
  return `[${body}${'~'.repeat(Math.ceil(letters * EXPANSION))}]`;
}
