// After the loss nothing depends on what is lost: hosts, their site, and the DNS or vault that stands there.
import type { Step } from '../runbook.ts';
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { LintSubject } from './lint-subject.ts';
import type { StepAt } from './parts/steps.ts';
import { lostSideOf } from './lost-side.ts';
import type { LostSide } from './lost-side.ts';

export const deadSite: LintRule = {
  code: 'dead-site',
  weight: 'warning',
  title: 'A step that needs what the scenario has just lost',
  why: `When it is meant, the site or host is gone: a step that runs there, or a command, URL, name server or address that names it, cannot work. In a
planned drill it works, and that is why nobody notices.

No key says what is lost. With the scenarios \`site-loss\` and \`host-loss\` it is the target on which the canary is written, or else that of the first
action of the phase stop; with \`site-loss\` and a portfolio also everything else at its site, such as a name server or a vault. Looked at is what comes
after the loss, in the phases switch, start and verify or in none. Not told are undos, rehearsal variants, checks that expect a failure, lines that
take the lost side out of use (remove, drain, disable …), and steps whose failure the drill survives (\`onFailure: continue\` or \`warn\`).`,
  remedy: 'Use what is left: a host of the other site, a copy of the secret there, a name server that survives. Or let the step fail without harm.',
  bad: `scenario: host-loss
targets:
  primary: { host: db-ham }
  db: { host: db-muc }
steps:
  - id: stop
    title: The primary stops
    phase: stop
    run: systemctl stop postgresql
    on: primary
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 5s
  - id: fetch
    title: The newest settings are there
    phase: switch
    run: scp db-ham:/etc/postgresql.conf .
    on: db
    undo: git checkout postgresql.conf
    timeout: 1m
    estimate: 5s`,
  good: `scenario: host-loss
targets:
  primary: { host: db-ham }
  db: { host: db-muc }
steps:
  - id: stop
    title: The primary stops
    phase: stop
    run: systemctl stop postgresql
    on: primary
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 5s
  - id: fetch
    title: The newest settings are there
    phase: switch
    run: git pull backup-muc
    on: db
    undo: git checkout postgresql.conf
    timeout: 1m
    estimate: 5s`,
  check(subject) {
    const lost = lostSideOf(subject);
    if (lost === null) return [];
    const after = new Set(subject.steps.filter((at) => isLookedAt(at, lost, subject)).map(({ step }) => step));
    return [...runningThere(subject, lost, after), ...namingIt(subject, lost, after)];
  },
};

function isLookedAt({ step, isVariant }: StepAt, { since }: LostSide, { ancestorsOf }: LintSubject): boolean {
  if (isVariant || step.phase === 'stop' || step.phase === 'return' || step.phase === 'cleanup') return false;
  if (step.onFailure === 'continue' || step.onFailure === 'warn' || expectsFailure(step)) return false;
  return ancestorsOf(step).has(since);
}

function expectsFailure(step: Step): boolean {
  if (!('expect' in step)) return false;
  const { exitCodes, statuses } = step.expect;
  if ('command' in step) return !exitCodes.includes(0) || /^\s*!\s/.test(step.command);
  return statuses?.every((status) => status >= 500) === true;
}

function runningThere({ steps }: LintSubject, lost: LostSide, after: ReadonlySet<Step>): readonly LintFinding[] {
  return steps.flatMap(({ step, path, by }) => {
    if (!after.has(step) || !('on' in step) || !lost.targets.has(step.on)) return [];
    const message = `${by} runs on \`${step.on}\`, which is lost since \`${lost.since}\`.`;
    return [{ path: [...path, 'on'], message, remedy: 'Run it on the side that is left, or let it fail without harm (`onFailure: continue`).' }];
  });
}

function namingIt({ commands, templates }: LintSubject, lost: LostSide, after: ReadonlySet<Step>): readonly LintFinding[] {
  const pattern = namesOf(lost);
  const ofCommands = commands.flatMap(({ text, use, at, path, by, variables }) => {
    if (use !== 'step' || at === null || !after.has(at.step)) return [];
    if (![...lost.inputs].some((name) => variables.has(name)) && !pattern.test(text)) return [];
    const line = text.split('\n').find((one) => namesLost(one, pattern, lost) && !TAKES_OUT.test(one) && !/^\s*#/.test(one));
    return line === undefined ? [] : [finding({ path, by, lost }, wordIn(line, pattern, lost))];
  });
  const ofTexts = templates.flatMap(({ text, use, at, path, by }) => {
    if (at === null || (use !== 'url' && use !== 'host') || !after.has(at.step)) return [];
    if (at.step.kind === 'http' && at.step.action.method === 'DELETE') return [];
    return namesLost(text, pattern, lost) ? [finding({ path, by, lost }, wordIn(text, pattern, lost))] : [];
  });
  return [...ofCommands, ...ofTexts];
}

/** What takes the lost side out of use must name it. */
const TAKES_OUT =
  /\b(?:remove|rm|delete|del|drop|drain|down|disable|detach|exclude|fence|isolate|evict|deregister|unregister|block|unlink|withdraw|poweroff|not)\b/i;

/** Shorter names are words of their own in any command. */
const SHORTEST_NAME = 3;

function namesOf({ hosts, sites }: LostSide): RegExp {
  const ofHosts = [...hosts].filter(isTelling).map((name) => `(?<![\\w-])${escaped(name)}(?![\\w-])`);
  const ofSites = [...sites].filter(isTelling).map((name) => `(?<![A-Za-z0-9_])${escaped(name)}(?![A-Za-z0-9_])`);
  // What matches nothing, where there is no name.
  return new RegExp([...ofHosts, ...ofSites].join('|') || '(?!)', 'i');
}

function isTelling(name: string): boolean {
  return name.length >= SHORTEST_NAME && name !== 'localhost';
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

function namesLost(text: string, pattern: RegExp, { inputs }: LostSide): boolean {
  return pattern.test(text) || [...inputs].some((name) => new RegExp(String.raw`\$\{?${name}(?![A-Za-z0-9_])`).test(text));
}

function wordIn(text: string, pattern: RegExp, lost: LostSide): string {
  const name = pattern.exec(text)?.[0];
  return name ?? `$${[...lost.inputs].find((input) => text.includes(input)) ?? ''}`;
}

function finding(
  { path, by, lost }: { readonly path: LintFinding['path']; readonly by: string; readonly lost: LostSide },
  word: string,
): LintFinding {
  const message = `${by} names \`${word}\`, which is lost since \`${lost.since}\`.`;
  return { path, message, remedy: 'Use what is left on the other side, or let it fail without harm (`onFailure: continue`).' };
}
