// What a fleet's database says of a drill: who has it in hand, and how often it has changed hands.
import { Client } from 'pg';
import { vi } from 'vitest';

const LONGEST_MS = 60_000;

export interface Holding {
  readonly fence: number;
  /** Number of the process that has it. */
  readonly pid: number;
}

export interface FleetWatch {
  holding(drill: string): Promise<Holding | null>;
  untilHeld(drill: string, fits: (holding: Holding) => boolean): Promise<Holding>;
  lastSeq(drill: string): Promise<number>;
  /** Breaks every connection that Muster has, as a server does that is started again. Gives how many. */
  cutConnections(): Promise<number>;
  close(): Promise<void>;
}

export async function watchFleet(postgresUrl: string): Promise<FleetWatch> {
  const client = new Client({ connectionString: postgresUrl, application_name: 'the test' });
  await client.connect();
  const holding = async (drill: string): Promise<Holding | null> => {
    const { rows } = await client.query<{ fence: string; held_by: string }>(
      `select fence, held_by from drill_lease where drill = $1 and holder is not null`,
      [numberOf(drill)],
    );
    const row = rows[0];
    return row === undefined ? null : { fence: Number(row.fence), pid: Number(/process (\d+)/.exec(row.held_by)?.[1]) };
  };
  return {
    holding,
    untilHeld: (drill, fits) =>
      vi.waitFor(
        async () => {
          const now = await holding(drill);
          if (now === null || !fits(now)) throw new Error(`${drill} is held as ${JSON.stringify(now)}`);
          return now;
        },
        { timeout: LONGEST_MS, interval: 50 },
      ),
    lastSeq: async (drill) => {
      const { rows } = await client.query<{ last: string }>('select max(seq) as last from journal where drill = $1', [numberOf(drill)]);
      return Number(rows[0]?.last);
    },
    cutConnections: async () => {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'muster%' and datname = current_database()`,
      );
      return rowCount ?? 0;
    },
    close: () => client.end(),
  };
}

function numberOf(drill: string): number {
  return Number(drill.replace('DR-', ''));
}
