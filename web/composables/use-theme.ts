// Light, dark, or as the system has it; stored on this device.
import { ref } from 'vue';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = 'muster.theme';
const theme = ref<Theme>(THEMES.find((name) => name === globalThis.localStorage?.getItem(STORED_AS)) ?? 'auto');

/** The chosen theme and how to change it. */
export function useTheme() {
  function setTheme(next: Theme): void {
    theme.value = next;
    if (next === 'auto') {
      localStorage.removeItem(STORED_AS);
      delete document.documentElement.dataset['theme'];
    } else {
      localStorage.setItem(STORED_AS, next);
      document.documentElement.dataset['theme'] = next;
    }
  }
  return { theme, setTheme };
}
