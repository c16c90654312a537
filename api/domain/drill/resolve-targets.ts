// Which hosts each target of a runbook stands for in a portfolio, and why one cannot be used.
import { sortedKeys } from '../catalogue/key-order.ts';
import type { Host, Portfolio } from '../catalogue/portfolio.ts';
import type { Problem } from '../errors.ts';
import type { Runbook, Step, Target } from '../runbook/runbook.ts';
import { fillTemplate } from '../runbook/template.ts';
import { LOCAL } from './plan.ts';
import type { PlanHost } from './plan.ts';
import { hostProblems, planHostOf } from './plan-host.ts';

export interface ResolvedTargets {
  /** Host keys by target name, in the order in which the runbook names them, or by key where labels chose them. */
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
  /** Every host that is used, in key order; the machine that runs the drill is none of them. */
  readonly hosts: readonly PlanHost[];
  readonly problems: readonly Problem[];
}

export interface TargetQuestion {
  readonly runbook: Runbook;
  /** The steps as the mode sees them. */
  readonly steps: readonly Step[];
  readonly portfolio: Portfolio;
  /** Values of inputs, for targets that name a host by one. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether the installation lets runbooks run commands on its own machine. */
  readonly isLocalAllowed: boolean;
  /** Ids of the credentials that the installation has; null where that is not known. */
  readonly credentials: ReadonlySet<string> | null;
}

/** Resolves the targets that a step or the canary uses; one that nothing uses is left alone. */
export function resolveTargets(question: TargetQuestion): ResolvedTargets {
  const { runbook, steps, portfolio } = question;
  const used = usedTargets(runbook, steps);
  const targets = runbook.targets.filter(({ name }) => used.has(name));
  const byKey = new Map(portfolio.hosts.map((host) => [host.key, host]));
  const hostsOf = new Map(targets.map((target) => [target.name, keysOf(target, question)]));
  const keys = sortedKeys([...hostsOf.values()].flat().filter((key) => key !== LOCAL));
  const problems = [
    ...targets.flatMap((target) => targetProblems(target, hostsOf.get(target.name) ?? [], question)),
    ...keys.flatMap((key) => hostProblems(key, byKey, question.credentials)),
    ...singleHostProblems(question, hostsOf),
  ];
  return { hostsOf, hosts: keys.flatMap((key) => planHostOf(key, byKey) ?? []), problems };
}

function usedTargets(runbook: Runbook, steps: readonly Step[]): ReadonlySet<string> {
  const ofCanary = runbook.canary === null ? [] : [runbook.canary.write.on, runbook.canary.read.on];
  return new Set([...steps.flatMap((step) => ('on' in step ? step.on : [])), ...ofCanary]);
}

function keysOf(target: Target, { portfolio, inputs }: TargetQuestion): readonly string[] {
  switch (target.by) {
    case 'local':
      return [LOCAL];
    case 'hosts':
      return target.hosts.flatMap((host) => fillTemplate(host, inputs) ?? []).filter((host) => host !== '');
    case 'labels': {
      const asked = Object.entries(target.labels);
      const matches = (host: Host): boolean => asked.every(([label, value]) => Object.hasOwn(host.labels, label) && host.labels[label] === value);
      return sortedKeys(portfolio.hosts.filter(matches).map(({ key }) => key));
    }
  }
}

function targetProblems(target: Target, keys: readonly string[], { isLocalAllowed }: TargetQuestion): readonly Problem[] {
  if (target.by === 'local') {
    if (isLocalAllowed) return [];
    return [
      problem(
        'local-not-allowed',
        `The target ${target.name} is the machine that Muster runs on, and this installation runs no commands there.`,
        'Use a host, or have an admin set MUSTER_LOCAL_COMMANDS=yes.',
      ),
    ];
  }
  if (keys.length > 0) return [];
  if (target.by === 'hosts') {
    return [problem('no-host-named', `The target ${target.name} takes its host from an input that has no value yet.`, 'Give the input a value.')];
  }
  const labels = Object.entries(target.labels).map(([label, value]) => `${label}=${value}`);
  return [
    problem(
      'no-host-matches',
      `The target ${target.name} matches no host: none has the labels ${labels.join(', ')}.`,
      'Label the hosts in the portfolio file and import that, or correct the target in the runbook.',
    ),
  ];
}

/** Where one value or one marker is meant, several hosts would make it a matter of luck which one counts. */
function singleHostProblems({ runbook, steps }: TargetQuestion, hostsOf: ReadonlyMap<string, readonly string[]>): readonly Problem[] {
  const uses = [...steps.flatMap(captureUse), ...canaryUses(runbook)];
  return uses.flatMap(({ on, what, isRepeated }) => {
    const count = hostsOf.get(on)?.length ?? 0;
    if (isRepeated) return [problem('several-hosts', `${what} once for each item of its list.`, 'Capture in a step without `foreach`.')];
    if (count <= 1) return [];
    return [problem('several-hosts', `${what} on ${on}, which is ${count} hosts.`, 'Name a target that is one host.')];
  });
}

interface Use {
  readonly on: string;
  readonly what: string;
  readonly isRepeated: boolean;
}

function captureUse(step: Step): readonly Use[] {
  if (!('captures' in step) || step.captures.length === 0) return [];
  const what = `The step ${step.id} captures ${step.captures.map(({ name }) => name).join(', ')}`;
  return [{ on: 'on' in step ? step.on : '', what, isRepeated: step.foreach !== undefined }];
}

function canaryUses({ canary }: Runbook): readonly Use[] {
  if (canary === null) return [];
  return [
    { on: canary.write.on, what: 'The canary writes its markers', isRepeated: false },
    { on: canary.read.on, what: 'The canary is read', isRepeated: false },
  ];
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy };
}
