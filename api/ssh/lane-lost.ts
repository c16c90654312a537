// What is known of a lane that ended before it had answered.

export class LaneLost extends Error {
  /** False: its shell never started, so nothing that was asked of it was done. */
  readonly hasAnswered: boolean;
  /** What was printed in the place of an answer. */
  readonly said: string;
  /** Null when the connection ended, and nobody can tell how the shell did. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;

  constructor(known: Pick<LaneLost, 'hasAnswered' | 'said' | 'exit'>) {
    super('The shell on the host ended before it had answered.');
    this.name = 'LaneLost';
    this.hasAnswered = known.hasAnswered;
    this.said = known.said;
    this.exit = known.exit;
  }
}
