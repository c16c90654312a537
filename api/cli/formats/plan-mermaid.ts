// A plan as a Mermaid diagram, which code hosts draw inside Markdown: a Gantt chart, or a flow chart of what needs what.
import type { PlanStep } from '../../domain/drill/plan.ts';
import { formatDuration } from '../../domain/duration.ts';
import { stepsByStart, type Planned, type TimedStep } from '../plan/planned.ts';

export const MERMAID_FORMS = ['gantt', 'flowchart'] as const;
export type MermaidForm = (typeof MERMAID_FORMS)[number];

export function planMermaid(planned: Planned, form: MermaidForm): string {
  return (form === 'gantt' ? ganttLines(planned) : flowLines(planned)).join('\n');
}

/** Any day will do: the axis shows the time of day, which then is the time since the start. */
const MIDNIGHT_MS = Date.UTC(2000, 0, 1);

function ganttLines(planned: Planned): readonly string[] {
  const lines = [
    'gantt',
    `  title ${taskText(planned.plan.title)} (${planned.plan.mode})`,
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    '  axisFormat %H:%M:%S',
  ];
  let section: string | null = null;
  for (const { step, time } of stepsByStart(planned)) {
    const own = step.phase ?? 'steps';
    if (own !== section) lines.push(`  section ${own}`);
    section = own;
    lines.push(`  ${taskText(step.title)} :${tagOf({ step, time })}${moment(time.startMs)}, ${moment(time.endMs)}`);
  }
  return lines;
}

function tagOf({ step, time }: TimedStep): string {
  if (time.endMs === time.startMs) return 'milestone, ';
  if (time.isCritical) return 'crit, ';
  return step.kind === 'confirm' || step.kind === 'approve' ? 'active, ' : '';
}

function moment(ms: number): string {
  return new Date(MIDNIGHT_MS + ms).toISOString().replace('T', ' ').replace('Z', '');
}

/** A task ends its text with a colon, and a semicolon, a comma or a number sign mean something too. */
function taskText(text: string): string {
  return text.replaceAll(/[:;#,\s]+/g, ' ').trim();
}

function flowLines(planned: Planned): readonly string[] {
  const steps = planned.plan.steps;
  const nameOf = new Map(steps.map(({ id }, index) => [id, `s${index + 1}`]));
  const timed = stepsByStart(planned);
  const critical = timed.flatMap(({ step, time }) => (time.isCritical ? [nameOf.get(step.id) ?? ''] : []));
  return [
    'flowchart TD',
    ...timed.map(
      ({ step, time }) =>
        `  ${nameOf.get(step.id) ?? ''}${shape(step, `${nodeText(step.title)}<br/>${step.kind}, ${formatDuration(time.endMs - time.startMs)}`)}`,
    ),
    ...steps.flatMap(({ id, needs }) => needs.map((need) => `  ${nameOf.get(need) ?? ''} --> ${nameOf.get(id) ?? ''}`)),
    '  classDef critical stroke:#c60,stroke-width:3px',
    ...(critical.length === 0 ? [] : [`  class ${critical.join(',')} critical`]),
  ];
}

/** What waits for a person is a hexagon. */
function shape({ kind }: PlanStep, text: string): string {
  return kind === 'confirm' || kind === 'approve' ? `{{"${text}"}}` : `["${text}"]`;
}

const ENTITIES: Readonly<Record<string, string>> = { '#': '#35;', '"': '#quot;', '<': '#lt;', '>': '#gt;', '&': '#amp;', '`': '#96;' };

function nodeText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[#"<>&`]/g, (character) => ENTITIES[character] ?? '');
}
