// The plan as plain text, for a change ticket or a mail: exactly what was hashed, readable without Muster.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { PreviewQuery } from '../../graphql/plans.ts';

type Plan = ResultOf<typeof PreviewQuery>['previewDrill'];

/** Words of the languages that the text needs. */
export interface PlanWords {
  readonly mode: string;
  readonly hosts: string;
  readonly undo: string;
}

export function planText(plan: Pick<Plan, 'title' | 'planHash' | 'hosts' | 'steps'>, words: PlanWords): string {
  const head = [plan.title, words.mode, plan.planHash ?? ''];
  const hosts = plan.hosts.map(({ host, user, address, port, hostKeys, via }) => {
    const way = [...via, { user, address, port }].map((hop) => `${hop.user}@${hop.address}:${hop.port}`).join(' > ');
    return `  ${host.key}  ${way}  ${hostKeys.join(' ')}`;
  });
  const steps = plan.steps.flatMap((step, index) => [
    '',
    `${index + 1}. ${step.title}${step.hosts.length > 0 ? `  [${step.hosts.join(', ')}]` : ''}`,
    ...indented(step.instruction),
    ...indented(step.command),
    ...(step.undo === null ? [] : [`   ${words.undo}:`, ...indented(step.undo)]),
  ]);
  return [...head, '', `${words.hosts}:`, ...hosts, ...steps, ''].join('\n');
}

function indented(text: string | null): readonly string[] {
  return text === null
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => `   ${line}`);
}
