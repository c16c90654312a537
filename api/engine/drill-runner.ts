// The loop of one drill: ask what must happen, commit it, act on it, and again when something has changed.
import { LEAVE } from '../application/ports.ts';
import { troubleOf } from '../application/storage-error.ts';
import { effects, type Effect } from '../domain/drill/effects.ts';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { apply } from '../domain/drill/reduce.ts';
import type { AttemptProgress, DrillState } from '../domain/drill/state.ts';
import type { Result } from '../domain/errors.ts';
import { readNewestMarker, writeMarkers } from './canary-runner.ts';
import { ended } from './conclude.ts';
import { reportFault } from './fault.ts';
import { planLaunch, planResume, type PlannedLaunch } from './launch-plan.ts';
import { recordAllSurely, recordSurely, type Happened } from './record-surely.ts';
import { resumeAttempt, runAttempt, type Attempt, type Steered } from './run-attempt.ts';
import type { Shell } from './shell.ts';

/** The state is looked at again at least this often; a longer timer would overflow, and a sleep can be days. */
const LONGEST_TIMER_MS = 3_600_000;
/** After an unexpected error, before the next try: doubled each time it happens again. */
const FAULT_PAUSE_MS = 5_000;
const FAULT_PAUSE_MAX_MS = 300_000;
/** While nothing can be stored. */
const STORAGE_PAUSE_MS = 2_000;

/** Between the intent and the command another process may have taken the drill: then that one decides. */
const STOOD_STILL =
  'It did not start: when it was to be started, this process could not be sure any more that the drill was in its hands. It is certain that it did not run.';

interface Ahead {
  readonly ref: AttemptRef;
  readonly planned: PlannedLaunch;
}

export class DrillRunner {
  private isAwake = false;
  private isLooping = false;
  private hasAdopted = false;
  private timer: NodeJS.Timeout | null = null;
  private faultPauseMs = FAULT_PAUSE_MS;
  private readonly attempts = new Map<string, { readonly ref: AttemptRef; readonly abort: AbortController; readonly done: Promise<void> }>();
  private canary: AbortController | null = null;
  private lastWriter: Promise<void> = Promise.resolve();
  private reading: Promise<void> | null = null;
  private readonly background = new Set<Promise<void>>();

  constructor(
    private readonly shell: Shell,
    private readonly drill: string,
    private readonly onIdle: () => void,
  ) {}

  wake(): void {
    this.isAwake = true;
    if (!this.isLooping) void this.inBackground(this.loop());
  }

  /** Wakes it in case something has gone unheard. The pause after an error is not cut short for that. */
  look(): void {
    if (this.faultPauseMs === FAULT_PAUSE_MS) this.wake();
  }

  /** The drill is in other hands: what runs goes on on its hosts, and is followed from elsewhere. */
  leave(): void {
    this.stop();
    for (const { abort } of this.attempts.values()) abort.abort(LEAVE);
  }

  /** Ends timers and the writing of markers. What runs goes on: `settled` waits for it. */
  stop(): void {
    this.setTimer(null);
    this.canary?.abort();
  }

  async settled(): Promise<void> {
    while (this.background.size > 0) await Promise.all(this.background);
  }

  private async loop(): Promise<void> {
    this.isLooping = true;
    while (this.isAwake && !this.shell.stopping.aborted) {
      this.isAwake = false;
      try {
        await this.turn();
        this.faultPauseMs = FAULT_PAUSE_MS;
      } catch (error) {
        await reportFault(this.shell, this.drill, error);
        if (this.shell.stopping.aborted) break;
        this.setTimer(troubleOf(error) === null ? this.faultPauseMs : STORAGE_PAUSE_MS);
        this.faultPauseMs = Math.min(this.faultPauseMs * 2, FAULT_PAUSE_MAX_MS);
      }
    }
    this.isLooping = false;
    if (this.background.size <= 1 && this.timer === null) this.onIdle();
  }

  private async turn(): Promise<void> {
    await this.shell.ensureHeld();
    const state = await this.shell.journal.state(this.drill);
    this.setTimer(null);
    const now = this.shell.clock();
    const due = state === null ? [] : effects(state, now);
    this.steerCanary(due.some((effect) => effect.type === 'write-canary'));
    if (state === null) return;
    this.adopt(state, now);
    this.abandon(state);
    // Together, so that they share a commit.
    const refusals = await Promise.all(due.map((effect) => this.act(state, effect, now)));
    const refusal = refusals.find((one) => one !== null);
    if (refusal === undefined || refusal === null) return;
    // Somebody else acted in between: then there is a new state to look at. If nobody did, this would go round for ever.
    const current = await this.shell.journal.state(this.drill);
    if (current?.seq === state.seq) throw new Error(`The reducer refuses its own effect: ${refusal}`);
    this.isAwake = true;
  }

  /** Null, or the sentence with which the reducer refused it. */
  private async act(state: DrillState, effect: Effect, now: number): Promise<string | null> {
    switch (effect.type) {
      case 'record': {
        const recorded = await this.shell.journal.record(this.drill, null, effect.event);
        this.isAwake ||= recorded.ok;
        return recorded.ok ? null : recorded.refusal.message;
      }
      case 'launch':
        return this.launch(state, effect.ref, now);
      case 'cancel':
        this.attempts.get(nameOf(effect.ref))?.abort.abort();
        return null;
      case 'wake':
        this.setTimer(effect.at - now);
        return null;
      case 'read-canary':
        this.reading ??= this.inBackground(readNewestMarker(this.shell, this.drill).finally(() => (this.reading = null)));
        return null;
      case 'write-canary':
        return null;
    }
  }

  /** The intent is on disk before the command is started; if it cannot be written, this throws and nothing starts. */
  private async launch(state: DrillState, ref: AttemptRef, now: number): Promise<string | null> {
    const planned = planLaunch(state, { drill: this.drill, ref, now }, this.shell);
    const recorded = await this.shell.journal.record(this.drill, null, planned.intent);
    if (!recorded.ok) return recorded.refusal.message;
    this.begin(ref, planned);
    return null;
  }

  /** What was intended, and is on disk. */
  private begin(ref: AttemptRef, { attempt }: PlannedLaunch): void {
    if (attempt.ok && this.shell.isHeld()) {
      this.follow(ref, (steered) => runAttempt(this.shell, attempt.value, steered));
      return;
    }
    // What did not start may start anew, by itself.
    const event = attempt.ok ? ended(ref, 'not-started', { reason: STOOD_STILL }) : ended(ref, 'failed', { reason: attempt.refusal.message });
    void this.inBackground(recordSurely(this.shell, { drill: this.drill, event }).then(() => this.wake()));
  }

  private follow(ref: AttemptRef, work: (steered: Steered) => Promise<void>): void {
    const abort = new AbortController();
    const name = nameOf(ref);
    const done = work({ signal: abort.signal, finish: (all) => this.finish(all) }).finally(() => {
      this.attempts.delete(name);
      this.wake();
    });
    this.attempts.set(name, { ref, abort, done });
    void this.inBackground(done);
  }

  /** The end of an attempt and the intents of what may start after it go to disk in one commit: that is what a step costs. */
  private async finish(all: readonly Omit<Happened, 'drill'>[]): Promise<boolean> {
    // Without the look the end is stored all the same. What follows is launched by the next turn, which meets an error of it again.
    const next = await this.lookAhead(all).catch((error: unknown): readonly Ahead[] => {
      const { log } = this.shell;
      if (troubleOf(error) === null) log.error({ err: error, drill: this.drill }, 'What follows the end of an attempt could not be prepared with it');
      return [];
    });
    const stored = await recordAllSurely(this.shell, this.drill, [...all, ...next.map(({ planned }) => ({ event: planned.intent, isForNow: true }))]);
    for (const [index, { ref, planned }] of next.entries()) if (stored[all.length + index] === true) this.begin(ref, planned);
    return stored[all.length - 1] === true;
  }

  /** Should somebody act in between, the reducer refuses what is not due any more. */
  private async lookAhead(all: readonly Omit<Happened, 'drill'>[]): Promise<readonly Ahead[]> {
    if (this.shell.stopping.aborted || !this.shell.isHeld()) return [];
    const now = this.shell.clock();
    let state = await this.shell.journal.state(this.drill);
    for (const { event } of all) {
      if (state === null) return [];
      const next = apply(state, { seq: state.seq + 1, at: Math.max(now, state.lastAt), by: null, event });
      if (!next.ok) return [];
      state = next.value;
    }
    const after = state;
    if (after === null) return [];
    return effects(after, now).flatMap((effect) =>
      effect.type === 'launch' ? [{ ref: effect.ref, planned: planLaunch(after, { drill: this.drill, ref: effect.ref, now }, this.shell) }] : [],
    );
  }

  /** What an earlier process started and its hosts still know of. */
  private adopt(state: DrillState, now: number): void {
    if (this.hasAdopted || state.run === 'recovering') return;
    this.hasAdopted = true;
    for (const ref of liveRefs(state)) {
      const attempt = this.attempts.has(nameOf(ref)) ? null : planResume(state, { drill: this.drill, ref, now }, this.shell);
      if (attempt !== null) this.follow(ref, (steered) => this.resume(ref, attempt, steered));
    }
  }

  private async resume(ref: AttemptRef, attempt: Result<Attempt>, steered: Steered): Promise<void> {
    // Without the key of the seals nothing may be shown of it that could hold a secret value.
    if (!attempt.ok) return this.ask(ref, attempt.refusal.message);
    try {
      await resumeAttempt(this.shell, attempt.value, steered);
    } catch (error) {
      await reportFault(this.shell, this.drill, error);
      await this.ask(ref, 'What is stored of it could not be read, so it is not followed any more. Look at its host.');
    }
  }

  /** Nobody follows it from here on, so a person says what it came to. */
  private async ask(ref: AttemptRef, reason: string): Promise<void> {
    await recordSurely(this.shell, { drill: this.drill, event: ended(ref, 'unknown', { reason }) });
  }

  /** A person has said what it came to: it is followed no longer, and unless it was said to have succeeded, ended where that is still possible. */
  private abandon(state: DrillState): void {
    for (const { ref, abort } of this.attempts.values()) {
      const said = attemptOf(state, ref)?.state;
      if (said !== 'intent' && said !== 'launched') abort.abort(said === 'succeeded' ? LEAVE : undefined);
    }
  }

  /** One writer at a time: the next begins when the last write of the one before has ended, so that no marker is used twice. */
  private steerCanary(isWanted: boolean): void {
    if (!isWanted) {
      this.canary?.abort();
      this.canary = null;
      return;
    }
    if (this.canary !== null || this.shell.stopping.aborted) return;
    const own = new AbortController();
    this.canary = own;
    const writing = this.lastWriter.then(() => writeMarkers(this.shell, this.drill, own.signal));
    this.lastWriter = this.inBackground(
      writing.finally(() => {
        if (this.canary === own) this.canary = null;
      }),
    );
  }

  private setTimer(ms: number | null): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = ms === null ? null : setTimeout(() => this.wake(), Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
  }

  /** Work that nobody waits for until the engine stops; an error in it is a fault of the drill. */
  private inBackground(work: Promise<void>): Promise<void> {
    const guarded: Promise<void> = work
      .catch((error: unknown) => reportFault(this.shell, this.drill, error))
      .finally(() => this.background.delete(guarded));
    this.background.add(guarded);
    return guarded;
  }
}

function* liveRefs(state: DrillState): Generator<AttemptRef> {
  for (const { id: step, attempts } of state.steps.all) {
    for (const { host, attempt, isUndo, state: now } of attempts) if (now === 'intent' || now === 'launched') yield { step, host, attempt, isUndo };
  }
}

function attemptOf(state: DrillState, ref: AttemptRef): AttemptProgress | undefined {
  return state.steps.get(ref.step)?.attempts.find((one) => one.host === ref.host && one.attempt === ref.attempt && one.isUndo === ref.isUndo);
}

function nameOf(ref: AttemptRef): string {
  return JSON.stringify([ref.step, ref.host, ref.attempt, ref.isUndo]);
}
