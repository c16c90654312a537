// The connections to one host: as few as the server's MaxSessions allows, with a bounded number of channels over all of them.
import { setTimeout as delay } from 'node:timers/promises';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { Connection } from './connect.ts';
import { Link } from './link.ts';
import type { SshLimits } from './limits.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

export interface LineSettings {
  readonly host: PlanHost;
  readonly limits: SshLimits;
  /** Opens one more connection. Rejects with an SshError. */
  readonly open: () => Promise<Connection>;
}

export interface Opened<T> {
  readonly opened: T;
  readonly link: Link;
  /** To be called when the channel has closed; more often does no harm. */
  readonly leave: () => void;
}

type Start<T> = (connection: Connection) => Promise<T>;

export class Line {
  /** What the server takes on one connection, as far as its refusals have shown. */
  private mostSessions = Infinity;
  private readonly links = new Set<Link>();
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly settings: LineSettings) {}

  /** Opens a channel of a session once there is a place for it. An urgent one waits for none, and rather takes a connection of its own than to be refused. */
  async session<T>(start: Start<T>, isUrgent: boolean): Promise<Opened<T>> {
    if (isUrgent) return this.openOn(start, { isUrgent });
    await this.place();
    try {
      const { opened, link, leave } = await this.openOn(start, { isUrgent });
      let isLeft = false;
      const leavePlace = (): void => {
        leave();
        if (!isLeft) this.release();
        isLeft = true;
      };
      return { opened, link, leave: leavePlace };
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Opens what counts as no session: a connection that is passed on. Rejects with what the server said, or with an SshError. */
  async forward<T>(start: Start<T>): Promise<Opened<T>> {
    for (let tries = 1; ; tries += 1) {
      const link = [...this.links][0] ?? this.addLink();
      const leave = link.hold();
      try {
        return { opened: await start(await link.connection), link, leave };
      } catch (error) {
        leave();
        if (error instanceof SshError || answerOf(error) !== 'gone' || tries >= this.settings.limits.openTries) throw error;
        this.links.delete(link);
        await delay(this.settings.limits.openPauseMs * tries);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.links].map((link) => link.close()));
  }

  private async openOn<T>(start: Start<T>, { isUrgent }: { readonly isUrgent: boolean }): Promise<Opened<T>> {
    const { limits, host } = this.settings;
    const full = new Set<Link>();
    for (let tries = 1; ; tries += 1) {
      const link = this.linkWithRoom(full);
      const { confirm, leave } = link.reserve();
      try {
        const opened = await start(await link.connection);
        confirm();
        return { opened, link, leave };
      } catch (error) {
        leave();
        if (error instanceof SshError) throw error;
        // Whatever it is from here on, nothing was started.
        const answer = answerOf(error);
        if (answer === 'never' || tries >= limits.openTries)
          throw new SshError('channel', failureAt('channel', host, textOf(error)), { cause: error });
        if (answer === 'gone') this.links.delete(link);
        const isElsewhere = answer === 'full' && (isUrgent ? link.reserved > 0 : this.learn(link, tries));
        if (isElsewhere) full.add(link);
        else await delay(limits.openPauseMs * tries);
      }
    }
  }

  /**
   * A refusal shows how many sessions the server takes, unless one has just ended: it may be counted still. False when it is better to ask the
   * same connection again.
   */
  private learn(link: Link, tries: number): boolean {
    const { lateFreeMs, openTries } = this.settings.limits;
    if (link.reserved === 0) return false;
    if (link.msSinceLastEnd() < lateFreeMs && tries < openTries / 2) return false;
    this.mostSessions = Math.min(this.mostSessions, link.reserved);
    return true;
  }

  private linkWithRoom(full: ReadonlySet<Link>): Link {
    // What was learned of a server holds as long as a connection to it does.
    if (this.links.size === 0) this.mostSessions = Infinity;
    const found = [...this.links].find((link) => link.reserved < this.mostSessions && !full.has(link));
    return found ?? this.addLink();
  }

  private addLink(): Link {
    const { open, limits } = this.settings;
    const link = new Link(open(), limits.idleMs, () => this.links.delete(link));
    this.links.add(link);
    return link;
  }

  private async place(): Promise<void> {
    if (this.busy < this.settings.limits.channels) {
      this.busy += 1;
      return;
    }
    // The place is handed over by the one who leaves it, so `busy` stays.
    await new Promise<void>((free) => this.waiting.push(free));
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.busy -= 1;
    else next();
  }
}

/** `full`: the server refused a channel, now. `no`, `never`: it refused what the channel is for. `gone`: there was nobody to answer. */
function answerOf(error: unknown): 'full' | 'no' | 'never' | 'gone' {
  if (!(error instanceof Error)) return 'gone';
  if ('reason' in error) return 'full';
  if (error.message.startsWith('Unable to start subsystem')) return 'never';
  return error.message.startsWith('Unable to') ? 'no' : 'gone';
}
