// A host that was asked and is silent. People are told before its connection is given up: that takes a minute, and the next one may take longer.

export class Quiet {
  private told: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(ms: number, tell: () => Promise<void>) {
    this.timer = setTimeout(() => {
      this.told = tell();
      this.told.catch(() => undefined); // `end` rejects with it
    }, ms);
  }

  /** It has said something, however long the rest takes. */
  heard(): void {
    clearTimeout(this.timer);
  }

  /** Rejects with what the telling threw. */
  async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.told;
  }
}
