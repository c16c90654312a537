// An unexpected error in the engine: logged, and put where a person sees it. The drill is paused, so that nothing starts on wrong ground.
import { LeaseLost } from '../application/leases.ts';
import { troubleOf } from '../application/storage-error.ts';
import type { Shell } from './shell.ts';

/** Never rejects: when the journal cannot be written either, the log has to do. */
export async function reportFault(shell: Shell, drill: string, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return; // no fault, and logged where it was found out
  if (troubleOf(error) !== null) {
    // It passes without a person, and every page says so as long as it lasts.
    shell.log.warn({ err: error, drill }, 'The drill waits until its journal can be written');
    return;
  }
  shell.log.error({ err: error, drill }, 'The drill met an unexpected error');
  if (shell.detached.aborted) return;
  const what = error instanceof Error ? error.message : String(error);
  try {
    await shell.journal.record(drill, null, {
      type: 'commented',
      text: `Muster met an unexpected error (${what}) and pauses the drill. Resume it to go on.`,
    });
    // Refused when it is being aborted or paused already: then the comment stands alone.
    await shell.journal.record(drill, null, { type: 'paused' });
  } catch (journalError) {
    shell.log.error({ err: journalError, drill }, 'The error could not be noted in the journal');
  }
}
