// What the server says about the text, asked again after each change.
import { useDebounceFn } from '@vueuse/core';
import { shallowRef, watch, type Ref } from 'vue';
import { type ApiError, apiError } from '../../composables/api-error.ts';
import { CheckRunbookQuery, createCheckClient } from '../../graphql/editor.ts';
import type { Checked, RunbookDocument } from './editor-type.ts';
import { fileInputs } from './use-draft.ts';

/** With a check of some tens of milliseconds the answer is there well within 300 ms of the last key. */
const PAUSE_MS = 120;

export function useCheck(runbook: string | null, text: Ref<RunbookDocument>) {
  const client = createCheckClient();
  const checked = shallowRef<Checked | null>(null);
  const problem = shallowRef<ApiError | null>(null);
  const isChecking = shallowRef(false);
  let asked = 0;

  async function ask(): Promise<void> {
    const number = (asked += 1);
    const { source, files } = text.value;
    const answer = await client
      .query(CheckRunbookQuery, { text: { runbook, source, files: fileInputs(files) } }, { requestPolicy: 'network-only' })
      .toPromise();
    // A later question is under way: this answer is about a text that is gone.
    if (number !== asked) return;
    isChecking.value = false;
    problem.value = answer.error === undefined ? null : apiError(answer.error);
    if (answer.data !== undefined) checked.value = answer.data.checkRunbook;
  }
  const askSoon = useDebounceFn(ask, PAUSE_MS);
  function note(): void {
    isChecking.value = true;
    void askSoon();
  }
  watch(text, note, { immediate: true });
  return { checked, problem, isChecking, again: note };
}
