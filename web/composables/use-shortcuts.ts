// Character keys. They are silent while someone types or a dialog is open, and can be switched off altogether.
import { useEventListener } from '@vueuse/core';
import { ref } from 'vue';

/** `g` and then a letter must follow within this time. */
const SEQUENCE_MS = 1_500;
const STORED_AS = 'muster.shortcuts';

const isOn = ref(globalThis.localStorage?.getItem(STORED_AS) !== 'off');
let prefix = '';
let prefixAt = 0;

/** Whether character keys work, and switching that. */
export function useShortcutSetting() {
  function setOn(next: boolean): void {
    isOn.value = next;
    localStorage.setItem(STORED_AS, next ? 'on' : 'off');
  }
  return { isOn, setOn };
}

/** Keys while the component lives: `j`, `g o`, or `mod+k` (Ctrl or Cmd, also while typing). */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  useEventListener(globalThis.document, 'keydown', (event: KeyboardEvent) => {
    const name = nameOf(event);
    const action = name === null ? undefined : keys[name];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return `mod+${event.key.toLowerCase()}`;
  if (!isOn.value || isTyping(event.target) || document.querySelector('[role="dialog"]')) return null;
  return sequence(event);
}

/** All listeners see the same event, so the prefix is given up only after the last of them has run. */
function sequence(event: KeyboardEvent): string {
  const isSecond = prefix === 'g' && event.timeStamp > prefixAt && event.timeStamp - prefixAt < SEQUENCE_MS;
  if (event.key === 'g' && !isSecond) {
    prefix = 'g';
    prefixAt = event.timeStamp;
    return 'g';
  }
  if (!isSecond) return event.key;
  setTimeout(() => (prefix = ''));
  return `g ${event.key}`;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
