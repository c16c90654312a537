// Waits for a time, or until something has happened, whichever comes first. For one who waits.

export class Alarm {
  private timer: NodeJS.Timeout | null = null;
  private wake: (() => void) | null = null;
  private hasRung = false;

  /** Settles after this time, or when it rings; at once when it has rung since the last wait. */
  wait(ms: number): Promise<undefined> {
    this.stop();
    return new Promise((settle) => {
      this.wake = () => {
        this.hasRung = false;
        this.stop();
        settle(undefined);
      };
      this.timer = setTimeout(this.wake, this.hasRung ? 0 : ms);
    });
  }

  ring(): void {
    this.hasRung = true;
    this.wake?.();
  }

  /** A wait under way never settles then. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wake = null;
  }
}
