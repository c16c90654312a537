// Paired steps: what must be put back at the end however the drill ends, such as a silence, a lock or a shortened TTL.
import type { Step } from '../runbook.ts';
import type { LintSubject } from './lint-subject.ts';
import type { StepAt } from './parts/steps.ts';
import { isAction } from './parts/steps.ts';
import type { ActionStep } from './parts/steps.ts';

/** What a step does that wants to be put back, and the signs of it in its id or command. */
const PAIRS: readonly { readonly does: string; readonly ids: RegExp; readonly commands: RegExp | null }[] = [
  {
    does: 'silences monitoring',
    ids: /\b(?:silence|mute|downtime|snooze)\b|\bdisable-(?:alerts?|alarms?|monitoring)\b/,
    commands: /\bsilence\s+add\b|\/silences?\b|\/downtimes?\b|\bschedule[_-]?downtime\b|\bmute_?(?:host|all|alerts?)\b/i,
  },
  { does: 'takes a lock', ids: /\block\b(?!-free)|\bfreeze\b/, commands: /\b(?:terraform|consul|etcdctl)\b[^\n]{0,80}\block\b|\/locks\b/i },
  {
    does: 'switches configuration management off',
    ids: /\b(?:disable|stop|pause)-(?:puppet|chef|ansible|salt|cfengine|agent|cron|timers?|config(?:-management)?|autoscaling|scaler)\b/,
    commands:
      /\bpuppet\s+agent\b[^\n]{0,80}--disable\b|\bdisable-puppet\b|\bsystemctl\s+(?:stop|disable|mask)\s+(?:puppet|chef-client|salt-minion|cron|crond)\b/i,
  },
  { does: 'cuts a TTL', ids: /\b(?:cut|lower|reduce|shorten|drop)-(?:\w+-)?ttl\b|\bttl-(?:cut|down)\b/, commands: null },
  {
    does: 'sets a maintenance mode',
    ids: /\bmaintenance(?:-mode)?(?:-on)?$|\b(?:set|enter|start)-maintenance\b/,
    commands: /\bmaintenance[_-]?mode\s+(?:on|enable|true)\b|\bkubectl\s+cordon\b/i,
  },
];
const LIFTS = /\b(?:unlock|lift|unsilence|unmute|release|enable|restore|resume|end|stop-silence|remove|delete|expire)\b/;

export interface PairedStep extends StepAt {
  readonly step: ActionStep;
  /** As in `it silences monitoring`. */
  readonly does: string;
}

/** Actions that hold something until it is let go. What lets go itself, or comes in the phases of the way back, is not among them. */
export function pairedSteps({ steps, runbook }: LintSubject): readonly PairedStep[] {
  const undoing = new Set(runbook.steps.flatMap((step) => ('undoStep' in step && step.undoStep !== undefined ? [step.undoStep] : [])));
  return steps.flatMap((at): readonly PairedStep[] => {
    const { step } = at;
    if (!isAction(step) || undoing.has(step.id) || step.phase === 'return' || step.phase === 'cleanup' || LIFTS.test(step.id)) return [];
    const text = textOf(step);
    const pair = PAIRS.find(({ ids, commands }) => ids.test(step.id) || (commands !== null && commands.test(text)));
    return pair === undefined ? [] : [{ ...at, step, does: pair.does }];
  });
}

function textOf(step: ActionStep): string {
  switch (step.kind) {
    case 'run':
      return step.command;
    case 'http':
      return step.action.method === 'DELETE' ? '' : step.action.url;
    case 'copy':
      return '';
  }
}

/** Whether its undo runs at the end however the drill ends. */
export function isRevertedAlways(step: ActionStep, steps: readonly Step[]): boolean {
  if (step.isUndoAlways === true) return true;
  return step.undoStep !== undefined && steps.some(({ id, isAlways }) => id === step.undoStep && isAlways === true);
}
