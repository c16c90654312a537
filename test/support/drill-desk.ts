// One running engine for tests: a real database file, real hosts, and the means to watch and to stop a drill.
import { expect, vi } from 'vitest';
import type { DrillEngine } from '../../api/application/ports.ts';
import type { Database } from '../../api/application/stores.ts';
import type { DrillEvent, JournalEntry } from '../../api/domain/drill/journal.ts';
import { planHash, type Plan } from '../../api/domain/drill/plan.ts';
import { replay } from '../../api/domain/drill/reduce.ts';
import type { DrillState } from '../../api/domain/drill/state.ts';
import { blankDrill } from './blank-drill.ts';
import { openProcess, type DrillProcess, type ProcessSetting } from './drill-process.ts';

export class DrillDesk {
  private constructor(private readonly running: DrillProcess) {}

  static async open(setting: ProcessSetting): Promise<DrillDesk> {
    return new DrillDesk(await openProcess(setting));
  }

  get engine(): DrillEngine {
    return this.running.engine;
  }

  get database(): Database {
    return this.running.database;
  }

  /** What the engine logged; empty when all went as expected. */
  get log(): readonly string[] {
    return this.running.log;
  }

  /** Messages that went to channels, as `channel: message`. */
  get told(): readonly string[] {
    return this.running.told;
  }

  close(): Promise<void> {
    return this.running.close();
  }

  /** Requested, in need of no approval, and started; gives its id. */
  async start(plan: Plan): Promise<string> {
    const id = await this.request(plan);
    await this.tell(id, { type: 'started' }, 's.tarter');
    return id;
  }

  async request(plan: Plan): Promise<string> {
    const at = Date.now();
    const hash = planHash(plan);
    const event = { type: 'requested', mode: plan.mode, planHash: hash, approvalsNeeded: 0 } as const;
    return this.database.write(async ({ drills }) => {
      const { id } = await drills.create({ ...blankDrill(plan, at), planHash: hash, state: 'approved' }, plan);
      await drills.append(id, [{ seq: 1, at, by: 'r.quester', event }], new Map());
      return id;
    });
  }

  /** Throws when it is refused. */
  async tell(drill: string, event: DrillEvent, by = 'a.brandt'): Promise<void> {
    const recorded = await this.running.journal.record(drill, by, event);
    if (!recorded.ok) throw new Error(recorded.refusal.message);
  }

  async state(drill: string): Promise<DrillState> {
    const state = await this.running.journal.state(drill);
    if (state === null) throw new Error(`no drill ${drill}`);
    return state;
  }

  async until(drill: string, holds: (state: DrillState) => boolean): Promise<DrillState> {
    await vi.waitFor(async () => expect(holds(await this.state(drill)), await this.describe(drill)).toBe(true), { timeout: 15_000, interval: 20 });
    return this.state(drill);
  }

  /** The state at the end; checks that the row says the same and that the journal adds up to it without a hole. */
  async untilEnded(drill: string): Promise<DrillState> {
    const state = await this.until(drill, (now) => now.finishedAt !== null);
    const entries = await this.entries(drill);
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
    expect(replay(state.plan, state.planHash, entries)).toEqual({ ok: true, value: state });
    expect(await this.database.stores.drills.find(drill)).toMatchObject({ state: state.run, result: state.result, ...state.summary });
    return state;
  }

  async entries(drill: string): Promise<readonly JournalEntry[]> {
    return this.database.stores.drills.journal(drill, 0, 100_000);
  }

  async output(drill: string, step: string): Promise<string> {
    const chunks = await this.database.stores.drills.output({ drill, step, host: null, after: 0, limit: 100_000, isFromEnd: false });
    return Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString();
  }

  private async describe(drill: string): Promise<string> {
    const { run, steps } = await this.state(drill);
    return JSON.stringify({ run, steps: steps.all.map((step) => [step.id, step.state, step.reason]), log: this.log });
  }
}
