// What a window has not saved yet, kept in that window: a reload or a crash of the page loses nothing.
import type { Files } from './editor-type.ts';
import { isRecord } from './outline-type.ts';

export interface UnsavedText {
  readonly source: string;
  readonly files: Files;
  /** Of the draft that it goes on from. */
  readonly version: number;
}

const STORED_AS = 'muster.draft.';

/** False when the window's store is full: this second copy is then missing, and the first one is on its way to the server all the same. */
export function keepUnsaved(runbook: string | null, text: UnsavedText): boolean {
  try {
    sessionStorage.setItem(nameOf(runbook), JSON.stringify(text));
    return true;
  } catch {
    return false;
  }
}

/** Null when there is none, or none that can be read. */
export function unsavedText(runbook: string | null): UnsavedText | null {
  const stored = sessionStorage.getItem(nameOf(runbook));
  if (stored === null) return null;
  try {
    const read: unknown = JSON.parse(stored);
    return isUnsavedText(read) ? read : null;
  } catch {
    return null;
  }
}

export function forgetUnsaved(runbook: string | null): void {
  sessionStorage.removeItem(nameOf(runbook));
}

function nameOf(runbook: string | null): string {
  return `${STORED_AS}${runbook ?? ''}`;
}

function isUnsavedText(value: unknown): value is UnsavedText {
  if (!isRecord(value) || typeof value['source'] !== 'string' || typeof value['version'] !== 'number') return false;
  return isRecord(value['files']) && Object.values(value['files']).every((text) => typeof text === 'string');
}
