// Which hosts each target of a runbook stands for in a portfolio, and why one cannot be used.
import { sortedKeys } from '../catalogue/key-order.ts';
import type { Host, Portfolio } from '../catalogue/portfolio.ts';
import type { Problem } from '../errors.ts';
import { didYouMean } from '../runbook/nearest.ts';
import type { Runbook, Step, Target } from '../runbook/runbook.ts';
import type { PlanHost } from './plan.ts';

export interface ResolvedTargets {
  /** Host keys by target name, in the order in which the runbook names them, or by key where labels chose them. */
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
  /** Every host that is used, in key order. */
  readonly hosts: readonly PlanHost[];
  readonly problems: readonly Problem[];
}

/** Resolves the targets that a step or the canary uses; one that nothing uses is left alone. */
export function resolveTargets(runbook: Runbook, portfolio: Portfolio): ResolvedTargets {
  const used = usedTargets(runbook);
  const targets = runbook.targets.filter(({ name }) => used.has(name));
  const byKey = new Map(portfolio.hosts.map((host) => [host.key, host]));
  const hostsOf = new Map(targets.map((target) => [target.name, keysOf(target, portfolio)]));
  const keys = sortedKeys([...hostsOf.values()].flat());
  const problems = [
    ...targets.flatMap((target) => targetProblems(target, hostsOf.get(target.name) ?? [])),
    ...keys.flatMap((key) => hostProblems(key, byKey)),
    ...singleHostProblems(runbook, hostsOf),
  ];
  return { hostsOf, hosts: keys.flatMap((key) => planHost(byKey.get(key))), problems };
}

function usedTargets(runbook: Runbook): ReadonlySet<string> {
  const ofCanary = runbook.canary === null ? [] : [runbook.canary.write.on, runbook.canary.read.on];
  return new Set([...runbook.steps.flatMap((step) => ('on' in step ? step.on : [])), ...ofCanary]);
}

function keysOf(target: Target, portfolio: Portfolio): readonly string[] {
  if (target.by === 'hosts') return target.hosts;
  const asked = Object.entries(target.labels);
  const matches = (host: Host): boolean => asked.every(([label, value]) => Object.hasOwn(host.labels, label) && host.labels[label] === value);
  return sortedKeys(portfolio.hosts.filter(matches).map(({ key }) => key));
}

function targetProblems(target: Target, keys: readonly string[]): readonly Problem[] {
  if (keys.length > 0 || target.by !== 'labels') return [];
  const labels = Object.entries(target.labels).map(([label, value]) => `${label}=${value}`);
  return [
    problem(
      'no-host-matches',
      `The target ${target.name} matches no host: none has the labels ${labels.join(', ')}.`,
      'Label the hosts under Settings › Hosts, or correct the target in the runbook.',
    ),
  ];
}

function hostProblems(key: string, byKey: ReadonlyMap<string, Host>): readonly Problem[] {
  const host = byKey.get(key);
  if (host === undefined) {
    const remedy = didYouMean(key, byKey.keys(), 'An admin registers it under Settings › Hosts, or the runbook names another.');
    return [problem('unknown-host', `Host ${key} is not in the portfolio.`, remedy)];
  }
  return host.hostKeys.length > 0 ? [] : [problem('unpinned-host', `Host ${key} has no pinned key.`, 'An admin pins it under Settings › Hosts.')];
}

/** Where one value or one marker is meant, several hosts would make it a matter of luck which one counts. */
function singleHostProblems(runbook: Runbook, hostsOf: ReadonlyMap<string, readonly string[]>): readonly Problem[] {
  const uses = [...runbook.steps.flatMap(captureUse), ...canaryUses(runbook)];
  return uses.flatMap(({ on, what }) => {
    const count = hostsOf.get(on)?.length ?? 0;
    if (count <= 1) return [];
    return [problem('several-hosts', `${what} on ${on}, which is ${count} hosts.`, 'Name a target that is one host.')];
  });
}

interface Use {
  readonly on: string;
  readonly what: string;
}

function captureUse(step: Step): readonly Use[] {
  if (!('on' in step) || step.captures.length === 0) return [];
  return [{ on: step.on, what: `The step ${step.id} captures ${step.captures.map(({ name }) => name).join(', ')}` }];
}

function canaryUses({ canary }: Runbook): readonly Use[] {
  if (canary === null) return [];
  return [
    { on: canary.write.on, what: 'The canary writes its markers' },
    { on: canary.read.on, what: 'The canary is read' },
  ];
}

function planHost(host: Host | undefined): readonly PlanHost[] {
  if (host === undefined) return [];
  const { key, address, port, user, hostKeys } = host;
  return [{ key, address, port, user, hostKeys }];
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy };
}
