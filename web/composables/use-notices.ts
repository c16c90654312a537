// Shows the browser's own notices for what waits, while the person has switched them on.
import { useLocalStorage } from '@vueuse/core';
import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { noticesDue, type Told } from '../components/waiting/due-notices.ts';
import { waitingPath, waitingTitle, type WaitingEntry } from '../components/waiting/waiting-item.ts';
import { useAlertSetting } from './alert-setting.ts';
import { useNow } from './use-now.ts';
import { useWaiting } from './use-waiting.ts';

/** To be used once, by the frame of the app. */
export function useNotices(): void {
  const { t } = useI18n();
  const router = useRouter();
  const { isOn, giveUp } = useAlertSetting();
  const { items, isKnown } = useWaiting();
  const now = useNow();
  // Shared by the tabs of this browser, so that a second tab or a reload does not tell everything again.
  const told = useLocalStorage<Readonly<Record<string, Told>>>('muster.noticed', {});

  watch([isOn, items, now], () => {
    if (!isOn.value || !isKnown.value) return;
    const next = noticesDue(items.value, told.value, now.value);
    if (JSON.stringify(next.told) !== JSON.stringify(told.value)) told.value = next.told;
    for (const item of next.due) show(item);
  });

  function show(item: WaitingEntry): void {
    const title = `${t(`waiting.kind.${item.kind}`)}: ${waitingTitle(item)}`;
    const body = [item.drill === null ? '' : `${item.drill.id} ${item.drill.title}`, item.serviceNames.join(', ')].filter(Boolean).join(' · ');
    try {
      // The tag makes the tabs of this browser show it once.
      const notice = new Notification(title, { body, tag: item.id, requireInteraction: item.urgency === 'NOW' });
      notice.addEventListener('click', () => {
        globalThis.focus();
        notice.close();
        void router.push(waitingPath(item));
      });
    } catch (error) {
      // Some phones know the word and refuse to do it from a page.
      if (!(error instanceof TypeError)) throw error;
      giveUp();
    }
  }
}
