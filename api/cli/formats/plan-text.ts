// A plan as text for people: a small Gantt, and what it adds up to.
import type { PlanStep } from '../../domain/drill/plan.ts';
import { LOCAL } from '../../domain/drill/plan.ts';
import { formatDuration } from '../../domain/duration.ts';
import { criticalPath, spareMs, stepsByStart, withoutEstimate, type Planned, type TimedStep } from '../plan/planned.ts';
import { paint, plain, type Terminal } from '../terminal.ts';

type Look = Pick<Terminal, 'isColourful' | 'columns'>;

/** Wide enough for most ids; longer ones keep their end, which tells steps of called runbooks apart. */
const ID_WIDTH = 30;
const WHERE_WIDTH = 16;
const TIME_WIDTH = 11;
/** Below this a bar says nothing. */
const NARROWEST_BAR = 12;
const WIDEST_BAR = 60;

export function planText(look: Look, planned: Planned): string {
  return [...headOf(look, planned), '', ...gantt(look, planned), '', ...summaryOf(look, planned)].join('\n');
}

function headOf(look: Look, { plan }: Planned): readonly string[] {
  const inputs = Object.entries(plan.inputs).map(([name, value]) => `${name}=${plan.secrets?.includes(name) === true ? '•••' : plain(value)}`);
  return [
    paint(look, 'bold', plain(plan.title)),
    `${plain(plan.runbook)}, revision ${plan.revision.slice(0, 12)}, as ${plan.mode}; proves ${plan.level} for ${plain(plan.scenario)}`,
    `Services: ${plain(plan.services.join(', '))}`,
    `Hosts: ${plan.hosts.length === 0 ? 'none' : plain(plan.hosts.map(({ key }) => key).join(', '))}`,
    ...(inputs.length === 0 ? [] : [`Inputs: ${inputs.join(', ')}`]),
  ];
}

function gantt(look: Look, planned: Planned): readonly string[] {
  const { totalMs } = planned.timeline;
  const width = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, look.columns - ID_WIDTH - WHERE_WIDTH - 2 * TIME_WIDTH - 13));
  const head = row({
    id: 'step',
    kind: 'kind',
    where: 'on',
    start: 'starts at',
    takes: 'takes',
    bar: `|0 s ${formatDuration(totalMs).padStart(width - 6)}|`,
  });
  return [paint(look, 'dim', head), ...stepsByStart(planned).map((timed) => ganttRow(look, timed, { totalMs, width }))];
}

function ganttRow(look: Look, { step, time }: TimedStep, { totalMs, width }: { readonly totalMs: number; readonly width: number }): string {
  const lasts = time.endMs - time.startMs;
  const cells = { id: step.id, kind: step.kind, where: whereOf(step), start: formatDuration(time.startMs) };
  if (step.isLeftOut === true) return paint(look, 'dim', row({ ...cells, takes: 'left out', bar: '' }));
  if (step.isShownOnly) return paint(look, 'dim', row({ ...cells, takes: 'only shown', bar: '' }));
  const scale = totalMs === 0 ? 0 : width / totalMs;
  const from = Math.min(width - 1, Math.floor(time.startMs * scale));
  const length = lasts === 0 ? 0 : Math.max(1, Math.round(lasts * scale));
  const bar = ' '.repeat(from) + (time.isCritical ? '█' : '░').repeat(Math.min(length, width - from));
  return row({ ...cells, takes: formatDuration(lasts), bar: time.isCritical ? paint(look, 'yellow', bar) : bar });
}

interface Cells {
  readonly id: string;
  readonly kind: string;
  readonly where: string;
  readonly start: string;
  readonly takes: string;
  readonly bar: string;
}

function row({ id, kind, where, start, takes, bar }: Cells): string {
  const times = [start, takes].map((text) => text.padStart(TIME_WIDTH)).join('');
  return `${fitted(id, ID_WIDTH)} ${kind.padEnd(8)}${fitted(where, WHERE_WIDTH)}${times}  ${bar}`.trimEnd();
}

function fitted(text: string, width: number): string {
  const clean = plain(text);
  return clean.length <= width - 1 ? clean.padEnd(width) : `…${clean.slice(2 - width)} `;
}

function whereOf(step: PlanStep): string {
  if (step.kind === 'confirm' || step.kind === 'approve') return step.role ?? 'anybody';
  if (!('hosts' in step)) return '';
  const hosts = step.hosts.filter((host) => host !== LOCAL);
  const [only = 'this machine'] = hosts;
  return hosts.length > 1 ? `${hosts.length} hosts` : only;
}

function summaryOf(look: Look, planned: Planned): readonly string[] {
  const { plan, timeline, approvalsNeeded, portfolio, unpinned } = planned;
  const path = criticalPath(planned);
  const guessed = withoutEstimate(planned);
  const points = plan.steps.flatMap((step) => ('isPointOfNoReturn' in step && step.isPointOfNoReturn && !step.isShownOnly ? [step.id] : []));
  return [
    recoveryLine(look, planned),
    `In all about ${formatDuration(timeline.totalMs)}.`,
    ...(path.length === 0 ? [] : [`Critical path (█): ${plain(path.join(' -> '))}`]),
    ...(points.length === 0 ? [] : [`No way back from: ${plain(points.join(', '))}`]),
    ...(guessed.length === 0 ? [] : [`Without an estimate, and counted with the default of their kind: ${plain(guessed.join(', '))}`]),
    ...(approvalsNeeded === 0 || portfolio === null
      ? []
      : [`Needs the approval of ${approvalsNeeded} ${approvalsNeeded === 1 ? 'person' : 'people'} before it starts.`]),
    portfolio === null
      ? 'Hosts and services are taken as the runbook names them; whether they exist, and the RTO, are not known. Give --portfolio to check them.'
      : `Hosts and objectives are those of ${portfolio}.`,
    ...(unpinned.length === 0 ? [] : [`No key is pinned yet for ${plain(unpinned.join(', '))}: an admin does that in the app before a drill.`]),
  ];
}

function recoveryLine(look: Look, planned: Planned): string {
  const { recoveryMs } = planned.timeline;
  if (recoveryMs === null) return 'There is no clock `recovery`, so no recovery time is expected.';
  const expected = `Recovery is expected to take ${formatDuration(recoveryMs)}`;
  const spare = spareMs(planned);
  if (spare === null) return `${expected}.`;
  const rto = formatDuration(planned.plan.objective.rtoSeconds * 1000);
  if (spare >= 0) return paint(look, 'green', `${expected}: within the RTO of ${rto}, ${formatDuration(spare)} to spare.`);
  return paint(look, 'red', `${expected}: longer than the RTO of ${rto}, by ${formatDuration(-spare)}.`);
}
