// The demo drill unattended: asked for, started, confirmed, followed to its end, and told line by line.
import type { Actor } from '../application/access.ts';
import type { App } from '../application/app.ts';
import { confirmStep } from '../application/confirm-step.ts';
import { requestDrill } from '../application/request-drill.ts';
import { startDrill } from '../application/start-drill.ts';
import type { DrillRecord } from '../application/stores.ts';
import { formatDuration } from '../domain/duration.ts';
import { describeEvent } from '../domain/drill/describe-event.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { ServiceAssessment } from '../domain/readiness/assessment.ts';
import { COORDINATOR, demoActor } from './demo-accounts.ts';
import { DEMO_RUNBOOK } from './demo-data.ts';

export type Say = (line: string) => void;

const SERVICE = 'ledger';
/** What happens many times a second, or is said again by what follows. */
const UNTOLD: ReadonlySet<string> = new Set(['output', 'canary-acknowledged', 'attempt-intended', 'attempt-launched']);

/** True when the drill passed and the score of the service rose by it. */
export async function runOnce(app: App, say: Say): Promise<boolean> {
  const coordinator = await demoActor(app, COORDINATOR);
  const before = await scoreNow(app);
  const drill = valueOf(await requestDrill(app, coordinator, { runbook: DEMO_RUNBOOK, mode: 'rehearsal', inputs: {} }));
  say(`${drill.id}: ${drill.title} (${drill.mode})`);
  const ended = follow(app, { drill: drill.id, actor: coordinator, say });
  valueOf(await startDrill(app, coordinator, { drill: drill.id, planHash: drill.planHash }));
  await ended;
  const after = await scoreAfter(app, before);
  return report({ drill: await findDrill(app, drill.id), before, after, say });
}

interface Following {
  readonly drill: string;
  readonly actor: Actor;
  readonly say: Say;
}

/** Resolves when the drill has ended. Manual steps are confirmed by the coordinator as soon as they wait. */
function follow(app: App, { drill, actor, say }: Following): Promise<void> {
  return new Promise((resolve, reject) => {
    const unsubscribe = app.bus.subscribe('drill', (message) => {
      if (message.drill !== drill) return;
      for (const entry of message.entries) {
        tell(app, { drill, entry, say }).catch(reject);
        if (entry.event.type === 'step-waiting') {
          const note = 'Confirmed by the unattended demo.';
          confirmStep(app, actor, { drill, step: entry.event.step, outcome: 'done', note }).then(valueOf).catch(reject);
        }
        if (entry.event.type !== 'finished') continue;
        unsubscribe();
        resolve();
      }
    });
  });
}

async function tell(app: App, { drill, entry, say }: { drill: string; entry: JournalEntry; say: Say }): Promise<void> {
  if (UNTOLD.has(entry.event.type)) return;
  const state = await app.journal.state(drill);
  if (state === null) return;
  const sinceMs = entry.at - (state.startedAt ?? entry.at);
  say(`  T+${(sinceMs / 1_000).toFixed(1).padStart(5)} s  ${describeEvent(entry, state.plan)}`);
}

async function scoreNow(app: App): Promise<ServiceAssessment> {
  const [stored] = await app.database.stores.readiness.latestOf([SERVICE]);
  if (stored === undefined) throw new Error('The ledger has not been assessed.');
  return stored.assessment;
}

/** The assessment that the end of the drill sets off; resolves with the old one when nothing moved. */
async function scoreAfter(app: App, before: ServiceAssessment): Promise<ServiceAssessment> {
  const longestMs = 5_000;
  const deadline = app.clock() + longestMs;
  for (;;) {
    const now = await scoreNow(app);
    if (now.lastDrillAt !== before.lastDrillAt || app.clock() > deadline) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function report({ drill, before, after, say }: { drill: DrillRecord; before: ServiceAssessment; after: ServiceAssessment; say: Say }): boolean {
  const { recoveryMs, dataLossMs, result } = drill;
  const hasRisen = after.effective > before.effective;
  say('');
  say(`Result          ${result ?? 'none'}${drill.hasDeviations ? ', with deviations' : ''}${drill.isUnclean ? ', unclean' : ''}`);
  say(`Recovery time   ${measured(recoveryMs)} of ${formatDuration(after.rtoSeconds * 1_000)} allowed (RTO)`);
  say(`Data loss       ${measured(dataLossMs)} of ${after.rpoSeconds === null ? 'any' : formatDuration(after.rpoSeconds * 1_000)} allowed (RPO)`);
  say(`Score of Ledger ${shown(before)} before, ${shown(after)} after`);
  if (result !== 'passed') say('The drill did not pass.');
  if (!hasRisen) say('The score did not rise. A drill that passed before leaves nothing to rise: begin anew with --reset.');
  return result === 'passed' && hasRisen;
}

function measured(ms: number | null): string {
  return ms === null ? 'not measured' : formatDuration(ms);
}

function shown({ band, effective }: ServiceAssessment): string {
  return band === 'unproven' ? '— (unproven)' : `${effective} (${band})`;
}

async function findDrill(app: App, id: string): Promise<DrillRecord> {
  const drill = await app.database.stores.drills.find(id);
  if (drill === null) throw new Error(`${id} is gone.`);
  return drill;
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.refusal.message);
}
