// Hears what other processes have stored, on a connection of its own that is opened again whenever it is lost.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Heard } from '../application/stores.ts';
import { drillId } from './drill-rows.ts';
import { ANNOUNCEMENTS } from './migrations/words.ts';

/** Between two tries to connect, doubled up to the longer one. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A link that was cut says nothing: so something is asked, and answered in time, or the link is given up. */
const ASK_EVERY_MS = 10_000;
const ANSWER_TIMEOUT_MS = 5_000;

export interface Listening {
  readonly url: string;
  /** What this process says of itself in announcements: those of its own are left out. */
  readonly ownName: string;
  readonly onHeard: (heard: Heard) => void;
}

/** Listens until it is stopped. Each time it has begun to listen, something may have been missed, and is told as `behind`. */
export function listenToOthers(listening: Listening): { stop(): Promise<void> } {
  const ended = new AbortController();
  const done = listenOnAndOn(listening, ended.signal);
  return {
    async stop() {
      ended.abort();
      await done;
    },
  };
}

async function listenOnAndOn(listening: Listening, signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const hadConnection = await listenOnce(listening, signal);
    pauseMs = hadConnection ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await delay(pauseMs, undefined, { signal }).catch(() => undefined); // the loop's condition sees the end
  }
}

/** Settles when the connection is over, with whether there was one. */
async function listenOnce({ url, ownName, onHeard }: Listening, signal: AbortSignal): Promise<boolean> {
  const client = new Client({
    connectionString: url,
    application_name: `${ownName} listener`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new AbortController();
  // Both come when a link breaks, in either order.
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  client.on('notification', ({ payload }) => {
    const heard = readAnnouncement(payload ?? '', ownName);
    if (heard !== null) onHeard(heard);
  });
  let isListening = false;
  try {
    await client.connect();
    await client.query(`listen ${ANNOUNCEMENTS}`);
    isListening = true;
    onHeard({ kind: 'behind' });
    const over = AbortSignal.any([signal, lost.signal]);
    while (!over.aborted) {
      const isTime = await delay(ASK_EVERY_MS, true, { signal: over }).catch(() => false);
      if (isTime) await client.query('select 1');
    }
  } catch {
    // Told by what needs the database; here it is tried again until it is back.
  }
  void client.end().catch(() => undefined); // a link that hangs would not answer to this either
  return isListening;
}

function readAnnouncement(payload: string, ownName: string): Heard | null {
  const { topic, subject, from, to, by }: Record<string, unknown> = JSON.parse(payload);
  if (by === ownName || typeof from !== 'number' || typeof to !== 'number') return null;
  if (topic === 'drill' && typeof subject === 'number') return { kind: 'entries', drill: drillId(subject), from, to };
  if (topic === 'scores' && typeof subject === 'string') return { kind: 'score', service: subject, from, to };
  return null;
}
