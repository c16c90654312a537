// Whether this browser shows notices of what waits. Off until a person switches it on here, and only while the browser lets us.
import { computed, ref } from 'vue';

const STORED_AS = 'muster.notices';

const isWanted = ref(globalThis.localStorage?.getItem(STORED_AS) === 'on');
const permission = ref<NotificationPermission | 'unsupported'>(currentPermission());

/** The switch of the inbox and what the notices obey. */
export function useAlertSetting() {
  /** Asks the browser's own question when it has not been answered; to be called from a click. */
  async function setOn(next: boolean): Promise<void> {
    if (next && permission.value === 'default') permission.value = await Notification.requestPermission();
    isWanted.value = next && permission.value === 'granted';
    localStorage.setItem(STORED_AS, isWanted.value ? 'on' : 'off');
  }
  /** The browser has refused to show one: it is of no use to go on. */
  function giveUp(): void {
    permission.value = 'unsupported';
  }
  return { isOn: computed(() => isWanted.value && permission.value === 'granted'), permission, setOn, giveUp };
}

function currentPermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}
