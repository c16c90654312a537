// All shell text of a runbook, with the words and variables that it is made of.
import type { Path } from '../../place.ts';
import type { Runbook, Step } from '../../runbook.ts';
import type { StepAt } from './steps.ts';
import { readShell } from '../shell/read-shell.ts';
import type { ShellCommand } from '../shell/shell-command.ts';
import { variablesOf } from '../shell/shell-variables.ts';

export interface CommandAt {
  readonly text: string;
  readonly path: Path;
  /** Who runs it, as a sentence begins. */
  readonly by: string;
  readonly use: 'step' | 'undo' | 'canary';
  /** Whose it is; null for the canary's. */
  readonly at: StepAt | null;
  /** Names of the variables that it reads. */
  readonly variables: ReadonlySet<string>;
  /** What it runs; read when it is asked for the first time. */
  readonly parts: () => readonly ShellCommand[];
}

export function commandsOf({ canary }: Runbook, steps: readonly StepAt[]): readonly CommandAt[] {
  const ofCanary = canary === null ? [] : (['write', 'read'] as const).map((part) => ({ text: canary[part].run, path: ['canary', part] }));
  return [
    ...steps.flatMap((at) => [...ownCommand(at), ...undoCommand(at)]),
    ...ofCanary.map(({ text, path }) => commandAt({ text, path, by: 'The canary', use: 'canary', at: null })),
  ];
}

function ownCommand(at: StepAt): readonly CommandAt[] {
  const { step, path, by } = at;
  return 'command' in step ? [commandAt({ text: step.command, path: [...path, step.kind], by, use: 'step', at })] : [];
}

function undoCommand(at: StepAt): readonly CommandAt[] {
  const { step, path } = at;
  if (!hasUndo(step) || step.undo === null) return [];
  return [commandAt({ text: step.undo, path: [...path, 'undo'], by: `The undo of step \`${step.id}\``, use: 'undo', at })];
}

function hasUndo(step: Step): step is Extract<Step, { readonly undo: unknown }> {
  return 'undo' in step;
}

function commandAt(written: Omit<CommandAt, 'variables' | 'parts'>): CommandAt {
  let read: readonly ShellCommand[] | null = null;
  return {
    ...written,
    variables: variablesOf(written.text),
    parts() {
      read ??= readShell(written.text);
      return read;
    },
  };
}
