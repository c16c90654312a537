// Assesses all services from the evidence as it stands, keeps what changed, and tells who listens.
import { assess, MODEL_VERSION } from '../domain/readiness/assess.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { App } from './app.ts';
import { gatherEvidence } from './gather-evidence.ts';
import type { ScoreChange } from './stores.ts';

/** Gives the services whose score or band moved. */
export async function assessReadiness(app: Pick<App, 'database' | 'clock' | 'bus'>): Promise<readonly ScoreChange[]> {
  const { stores } = app.database;
  const at = app.clock();
  const portfolio = await stores.portfolio.load();
  const assessment = assess(portfolio, await gatherEvidence(stores, portfolio, at), at);
  const changes = await app.database.write((writing) => writing.readiness.save(at, MODEL_VERSION, assessment.services));
  if (changes.length > 0) app.bus.publish('scores', { changes });
  return changes;
}

/** The drill has another end than before, or none any more: its row says so, and the row is the evidence. */
const CHANGES_EVIDENCE: ReadonlySet<DrillEvent['type']> = new Set(['finished', 'undo-accepted', 'reopened', 'revert-requested']);

/** Assesses again whenever a drill ends or goes on after its end; one pass at a time, and one more when something ended meanwhile. */
export function assessWhenDrillsEnd(app: Pick<App, 'database' | 'clock' | 'bus'>, onError: (error: unknown) => void): () => void {
  let running: Promise<unknown> | null = null;
  let isStale = false;
  const pass = async (): Promise<void> => {
    do {
      isStale = false;
      await assessReadiness(app);
    } while (isStale);
  };
  return app.bus.subscribe('drill', ({ entries, isFromElsewhere }) => {
    if (isFromElsewhere === true) return; // that process does it
    if (!entries.some(({ event }) => CHANGES_EVIDENCE.has(event.type))) return;
    isStale = true;
    running ??= pass()
      .catch(onError)
      .finally(() => {
        running = null;
      });
  });
}
