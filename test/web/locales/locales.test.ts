// The languages: the same keys and placeholders in each, every key that the app uses, and a pseudo-locale that changes nothing but the look.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { de } from '../../../web/locales/de.ts';
import { en } from '../../../web/locales/en.ts';
import { type MessageTree, pseudoLocale } from '../../../web/locales/pseudo.ts';

const WEB = join(import.meta.dirname, '../../../web');

function flat(tree: MessageTree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/gu) ?? [])].toSorted();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'dist' || entry.name === 'locales' ? [] : sources(path);
    return /\.(vue|ts)$/u.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('the languages', () => {
  const english = flat(en);
  const german = flat(de);

  it('have the same keys', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('use the same placeholders and as many plural forms', () => {
    for (const [key, text] of english) {
      const translated = german.get(key) ?? '';
      expect([key, ...placeholders(translated)]).toEqual([key, ...placeholders(text)]);
      expect([key, translated.split(' | ').length]).toEqual([key, text.split(' | ').length]);
    }
  });

  it('have every key that is written out in the app, and the stems of those that are put together', () => {
    const code = sources(WEB).join('\n');
    const used = [...code.matchAll(/\bt\(\s*(?:[\w.]+ (?:===|>|<)[^'`]*\? ?)?'([\w.-]+)'/gu)].map((match) => match[1] ?? '');
    const stems = [...code.matchAll(/\bt\(`([\w.]+)\.\$\{/gu)].map((match) => `${match[1] ?? ''}.`);
    expect(used.length).toBeGreaterThan(200);
    expect(used.filter((key) => !english.has(key))).toEqual([]);
    expect(stems.filter((stem) => ![...english.keys()].some((key) => key.startsWith(stem)))).toEqual([]);
  });
});

describe('the pseudo-locale', () => {
  const pseudo = flat(pseudoLocale(en));

  it('keeps keys and placeholders, and is longer than any text it stands for', () => {
    for (const [key, text] of flat(en)) {
      const made = pseudo.get(key) ?? '';
      expect(placeholders(made)).toEqual(placeholders(text));
      expect(made.length).toBeGreaterThan(text.length);
    }
  });

  it('can be shown: every text compiles with its values and plurals', () => {
    const i18n = createI18n({ legacy: false, locale: 'pseudo', messages: { pseudo: { ...pseudoLocale(en) } } });
    expect(i18n.global.t('waiting.count', 3)).toMatch(/^\[3 wáít/u);
    expect(i18n.global.t('drill.startedAt', { time: '10:00', by: 'x' })).toContain('10:00');
    for (const key of pseudo.keys()) expect(i18n.global.t(key)).toMatch(/^\[/u);
  });
});
