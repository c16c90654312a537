// The text being written: one model, changed by typing in it and by the form, with one history of both.
import { redo, undo } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';
import { useDebounceFn } from '@vueuse/core';
import { shallowRef } from 'vue';
import type { TextChange } from './edit-unit.ts';
import type { Files, FoundProblem, RunbookDocument } from './editor-type.ts';
import { readOutline } from './runbook-outline.ts';

/** While somebody types, the outline is read again once they pause this long; the form reads it at once. */
const OUTLINE_MS = 150;

export function useRunbookText(start: RunbookDocument) {
  const source = shallowRef(start.source);
  const files = shallowRef<Files>(start.files);
  const outline = shallowRef(readOutline(start.source));
  /** As it was when it could be read last: completion goes on while a line is half-written. */
  const known = shallowRef(outline.value);
  const view = shallowRef<EditorView | null>(null);

  function read(): void {
    outline.value = readOutline(source.value);
    if (outline.value.isReadable) known.value = outline.value;
  }
  const readSoon = useDebounceFn(read, OUTLINE_MS);

  /** Told by the text editor of every change, whoever made it. */
  function noteText(text: string): void {
    source.value = text;
    void readSoon();
  }

  function change(...changes: readonly (TextChange | null)[]): void {
    const wanted = changes.filter((one) => one !== null);
    if (wanted.length === 0) return;
    if (view.value === null) throw new Error('the text was changed before its editor was there');
    view.value.dispatch({ changes: wanted });
    read();
  }

  /** Another text in the place of this one; undo brings it back. */
  function replaceAll(next: RunbookDocument): void {
    if (next.source !== source.value) change({ from: 0, to: source.value.length, insert: next.source });
    files.value = next.files;
  }

  function setFile(name: string, text: string | null): void {
    const { [name]: _gone, ...others } = files.value;
    files.value = text === null ? others : { ...others, [name]: text };
  }

  /** All edits of a fix at once, so that one undo takes them back. */
  function applyFix(fix: NonNullable<FoundProblem['fix']>): void {
    const text = source.value;
    change(...fix.edits.map(({ from, to, newText }) => ({ from: offsetOf(text, from), to: offsetOf(text, to), insert: newText })));
  }

  function goBack(): void {
    if (view.value !== null && undo(view.value)) read();
  }
  function goForward(): void {
    if (view.value !== null && redo(view.value)) read();
  }
  return { source, files, outline, known, view, noteText, change, replaceAll, setFile, applyFix, goBack, goForward };
}

export type RunbookTextModel = ReturnType<typeof useRunbookText>;

function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  for (let row = 1; row < line; row += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}
