// One of the connections to a host, with what goes over it; closed when nobody has needed it for a while.
import type { Connection } from './connect.ts';

export interface Reservation {
  /** The server has opened the session. */
  readonly confirm: () => void;
  /** To be called when it has ended, or was refused; more often does no harm. */
  readonly leave: () => void;
}

export class Link {
  /** Sessions that are open on it, or asked for. */
  reserved = 0;
  private held = 0;
  private lastEnd = -Infinity;
  private idleTimer: NodeJS.Timeout | null = null;
  private isGone = false;

  /** `forget` is called when it is closed, or was never opened. */
  constructor(
    readonly connection: Promise<Connection>,
    private readonly idleMs: number,
    private readonly forget: () => void,
  ) {
    const end = (): void => {
      this.isGone = true;
      if (this.idleTimer !== null) clearTimeout(this.idleTimer);
      forget();
    };
    connection.then(({ client }) => client.once('close', end), end);
  }

  reserve(): Reservation {
    this.reserved += 1;
    let wasOpened = false;
    const leave = this.hold(() => {
      this.reserved -= 1;
      if (wasOpened) this.lastEnd = performance.now();
    });
    return { confirm: () => (wasOpened = true), leave };
  }

  /** Keeps it open until the function that it gives is called. */
  hold(onLeave: () => void = () => undefined): () => void {
    this.held += 1;
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      this.held -= 1;
      onLeave();
      if (this.held === 0 && !this.isGone) this.idleTimer = setTimeout(() => this.endIdle(), this.idleMs).unref();
    };
  }

  msSinceLastEnd(): number {
    return performance.now() - this.lastEnd;
  }

  async close(): Promise<void> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    await this.connection.then(
      (connection) => connection.close(),
      () => undefined, // one that never opened needs no end
    );
  }

  /** Nobody is to choose it while it says goodbye. */
  private endIdle(): void {
    this.forget();
    void this.connection.then(({ client }) => client.end());
  }
}
