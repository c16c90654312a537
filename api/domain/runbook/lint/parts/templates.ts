// All texts of a runbook that take values as `${name}`, with the names they ask for.
import type { Path } from '../../place.ts';
import type { Action, Runbook, Step } from '../../runbook.ts';
import { templateNames } from '../../template.ts';
import type { StepAt } from './steps.ts';

export type TemplateUse = 'url' | 'header' | 'body' | 'host' | 'path' | 'message' | 'value';

export interface TemplateAt {
  readonly text: string;
  readonly path: Path;
  readonly use: TemplateUse;
  readonly by: string;
  /** Whose it is; null for a target's. */
  readonly at: StepAt | null;
  readonly names: readonly string[];
}

type Text = Pick<TemplateAt, 'text' | 'path' | 'use'>;

export function templatesOf({ targets }: Runbook, steps: readonly StepAt[]): readonly TemplateAt[] {
  const ofTargets = targets.flatMap((target) => {
    if (target.by !== 'hosts') return [];
    return target.hosts.map((text) => ({
      text,
      path: ['targets', target.name],
      use: 'host' as const,
      by: `The target \`${target.name}\``,
      at: null,
    }));
  });
  const ofSteps = steps.flatMap((at) => textsOf(at.step).map((text) => ({ ...text, path: [...at.path, ...text.path], by: at.by, at })));
  return [...ofTargets, ...ofSteps].map((text) => ({ ...text, names: templateNames(text.text) }));
}

function textsOf(step: Step): readonly Text[] {
  switch (step.kind) {
    case 'run':
      return [];
    case 'check':
    case 'wait':
      return 'action' in step ? actionTexts(step.action, [step.kind, step.action.type]) : [];
    case 'http':
    case 'notify':
      return actionTexts(step.action, [step.kind]);
    case 'copy': {
      const text = step.copy.type === 'copy-to' ? step.copy.to : step.copy.from;
      return [{ text, path: ['copy', step.copy.type === 'copy-to' ? 'to' : 'from'], use: 'path' }];
    }
    case 'confirm':
    case 'approve':
      return step.instruction === null ? [] : [{ text: step.instruction, path: [step.kind, 'instruction'], use: 'message' }];
    case 'sleep':
      return step.remainder === undefined ? [] : [{ text: `\${${step.remainder}}`, path: ['sleep', 'remainderOf'], use: 'value' }];
    case 'call':
      return Object.entries(step.with).map(([name, text]) => ({ text, path: ['call', 'with', name], use: 'value' }));
  }
}

function actionTexts(action: Action, path: Path): readonly Text[] {
  switch (action.type) {
    case 'http':
      return [
        { text: action.url, path: [...path, 'url'], use: 'url' },
        ...Object.entries(action.headers).map(([name, text]): Text => ({ text, path: [...path, 'headers', name], use: 'header' })),
        ...(action.body === null ? [] : [{ text: action.body, path: [...path, 'body'], use: 'body' } as const]),
      ];
    case 'tcp':
      return [{ text: action.host, path: [...path, 'host'], use: 'host' }];
    case 'dns':
      return [
        { text: action.name, path: [...path, 'name'], use: 'host' },
        ...(action.server === null ? [] : [{ text: action.server, path: [...path, 'server'], use: 'host' } as const]),
      ];
    case 'notify':
      return [
        { text: action.channel, path: [...path, 'channel'], use: 'value' },
        { text: action.message, path: [...path, 'message'], use: 'message' },
      ];
  }
}
