// Keeps what is written: on the server by itself, in this window until it is there, and never over what another window saved.
import { useClientHandle } from '@urql/vue';
import { useDebounceFn } from '@vueuse/core';
import { computed, shallowRef, watch, type Ref } from 'vue';
import { type ApiError, apiError } from '../../composables/api-error.ts';
import { DiscardDraft, EditedRunbookQuery, NewDraftQuery, SaveDraft, SubmitDraft } from '../../graphql/editor.ts';
import type { Files, RunbookDocument } from './editor-type.ts';
import { forgetUnsaved, keepUnsaved } from './unsaved-text.ts';

/** Saved this long after the last change: often enough that little can be lost, seldom enough that typing is not a stream of saves. */
const AUTOSAVE_MS = 1_500;
/** Into the window's own store sooner: it costs nothing. */
const KEEP_MS = 300;

export interface BaseRevision {
  readonly hash: string;
  readonly number: number;
}

export interface SavedDraft {
  readonly source: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly version: number;
  readonly savedAt: string;
  readonly base: BaseRevision | null;
}

export interface DraftStart {
  readonly runbook: string | null;
  readonly base: BaseRevision | null;
  readonly latest: BaseRevision | null;
  readonly saved: SavedDraft | null;
  /** Of a text that was restored: the version that it goes on from. Another one stored since is then shown and not written over. */
  readonly seenVersion?: number;
  /** What the text is compared with until something is saved: the draft, or the revision. */
  readonly origin: RunbookDocument;
}

export function useDraft(start: DraftStart, text: Ref<RunbookDocument>) {
  const { client } = useClientHandle();
  const { runbook } = start;
  const version = shallowRef(start.seenVersion ?? start.saved?.version ?? 0);
  const savedAt = shallowRef<string | null>(start.saved?.savedAt ?? null);
  const base = shallowRef(start.base);
  const savedText = shallowRef(start.origin);
  const isSaving = shallowRef(false);
  const problem = shallowRef<ApiError | null>(null);
  /** What another window has saved over the version that was seen here. */
  const theirs = shallowRef<SavedDraft | null>(null);
  const isUnsaved = computed(() => !isSame(text.value, savedText.value));
  const latest = shallowRef(start.latest);
  const isOutdated = computed(() => (latest.value?.hash ?? null) !== (base.value?.hash ?? null));

  let underWay: Promise<boolean> | null = null;
  /** Nothing is saved any more: the draft is being thrown away. */
  let isEnding = false;

  /** True when the text on screen is the one that is stored. */
  async function save(): Promise<boolean> {
    // What is on its way may be an older text.
    if (underWay !== null) await underWay;
    underWay ??= saveNow();
    try {
      return await underWay;
    } finally {
      underWay = null;
    }
  }

  async function saveNow(): Promise<boolean> {
    if (isEnding || theirs.value !== null) return false;
    if (!isUnsaved.value) return true;
    isSaving.value = true;
    const sent = text.value;
    const input = { runbook, source: sent.source, files: fileInputs(sent.files), base: base.value?.hash ?? null, version: version.value };
    const { data, error } = await client.mutation(SaveDraft, { input }).toPromise();
    isSaving.value = false;
    problem.value = error === undefined ? null : apiError(error);
    if (problem.value?.code === 'CONFLICT') theirs.value = await readDraft();
    if (data === undefined) return false;
    take(data.saveDraft, sent);
    if (isUnsaved.value) void saveSoon();
    return !isUnsaved.value;
  }
  const saveSoon = useDebounceFn(save, AUTOSAVE_MS);
  const keepSoon = useDebounceFn(() => {
    if (isUnsaved.value) keepUnsaved(runbook, { ...text.value, version: version.value });
  }, KEEP_MS);
  watch(text, () => {
    void keepSoon();
    void saveSoon();
  });

  // What a window had kept is not on the server yet.
  if (isUnsaved.value) void saveSoon();

  function take(saved: SavedDraft, sent: RunbookDocument): void {
    version.value = saved.version;
    savedAt.value = saved.savedAt;
    savedText.value = sent;
    if (!isUnsaved.value) forgetUnsaved(runbook);
  }

  async function readDraft(): Promise<SavedDraft | null> {
    const fresh = { requestPolicy: 'network-only' } as const;
    if (runbook === null) return (await client.query(NewDraftQuery, {}, fresh).toPromise()).data?.runbookDraft ?? null;
    return (await client.query(EditedRunbookQuery, { key: runbook }, fresh).toPromise()).data?.runbookDraft ?? null;
  }

  /** Somebody else's revision may have come while this page was open. */
  async function readLatest(): Promise<void> {
    if (runbook === null) return;
    const { data } = await client.query(EditedRunbookQuery, { key: runbook }, { requestPolicy: 'network-only' }).toPromise();
    latest.value = data?.runbook?.latest ?? latest.value;
  }

  /** The text of this window goes on; what the other one saved gives way to it. */
  async function keepMine(): Promise<void> {
    version.value = theirs.value?.version ?? 0;
    theirs.value = null;
    await save();
  }

  /** What the other window saved, for the caller to put on screen. */
  function takeTheirs(): RunbookDocument | null {
    const saved = theirs.value;
    if (saved === null) return null;
    const document = { source: saved.source, files: filesOf(saved.files) };
    theirs.value = null;
    problem.value = null;
    base.value = saved.base;
    take(saved, document);
    return document;
  }

  /** From now on the text is meant as a change of the newest revision. */
  async function goOnFromLatest(): Promise<void> {
    base.value = latest.value;
    problem.value = null;
    savedText.value = { source: '', files: {} };
    await save();
  }

  async function submit(): Promise<{ readonly hash: string; readonly number: number } | null> {
    // Without a change of its own a text is stored all the same once somebody submits it, so that the server can say why not.
    if (version.value === 0) savedText.value = { source: '', files: {} };
    if (!(await save())) return null;
    const { data, error } = await client.mutation(SubmitDraft, { runbook, version: version.value }).toPromise();
    problem.value = error === undefined ? null : apiError(error);
    if (problem.value?.code === 'CONFLICT') await readLatest();
    if (data !== undefined) forgetUnsaved(runbook);
    return data?.submitDraft ?? null;
  }

  async function discard(): Promise<boolean> {
    isEnding = true;
    if (underWay !== null) await underWay;
    const { error } = version.value === 0 ? {} : await client.mutation(DiscardDraft, { runbook, version: version.value }).toPromise();
    problem.value = error === undefined ? null : apiError(error);
    isEnding = error === undefined;
    if (error !== undefined) return false;
    savedText.value = text.value;
    forgetUnsaved(runbook);
    return true;
  }
  return {
    version,
    savedAt,
    base,
    latest,
    isUnsaved,
    isOutdated,
    isSaving,
    problem,
    theirs,
    save,
    keepMine,
    takeTheirs,
    goOnFromLatest,
    submit,
    discard,
  };
}

export type DraftModel = ReturnType<typeof useDraft>;

export function filesOf(files: SavedDraft['files']): Files {
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
}

export function fileInputs(files: Files): { name: string; text: string }[] {
  return Object.entries(files).map(([name, text]) => ({ name, text }));
}

export function isSame(a: RunbookDocument, b: RunbookDocument): boolean {
  const names = Object.keys(a.files);
  return a.source === b.source && names.length === Object.keys(b.files).length && names.every((name) => a.files[name] === b.files[name]);
}
