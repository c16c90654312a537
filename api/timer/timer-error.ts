// What can go wrong with an alarm.

export class TimerError extends Error {
  readonly code = 'BAD_RULE';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TimerError';
  }
}
