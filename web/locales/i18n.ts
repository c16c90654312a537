// The languages: English comes with the app, others are loaded when chosen; the choice is stored on this device.
import { createI18n } from 'vue-i18n';
import { en } from './en.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED_AS = 'muster.language';

const messages: Record<string, typeof en> = { en };

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages });

/** Shows the app in a language from now on. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'de') i18n.global.setLocaleMessage('de', (await import('./de.ts')).de);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  localStorage.setItem(STORED_AS, language);
}

/** The language of this device: the stored one, or the browser's when the app has it, or English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORED_AS), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.map((tag) => LANGUAGES.find((language) => language === tag)).find((language) => language !== undefined) ?? 'en';
}
