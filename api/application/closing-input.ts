// What a person enters for a freeze or a blackout calendar, who may, and whether it can be kept.
import { LENSES } from '../domain/catalogue/lens.ts';
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import type { Scope } from '../domain/schedule/scope.ts';
import { zoneProblem } from '../domain/schedule/validate-zone.ts';
import { deny, type Actor } from './access.ts';
import { subjectOf } from './drill-subject.ts';
import type { Stores } from './stores.ts';

const LABEL = /^[^=\s]+=.+$/;
/** Names in one scope; more are a site, a lens, or everything. */
const MOST_NAMES = 500;

/** Takes closings.edit: coordinators for all, owners for what names only services of theirs. */
export async function denyClosing(stores: Stores, actor: Actor | null, scopes: readonly Scope[]): Promise<Refusal | null> {
  for (const scope of scopes) {
    const isOfServices = !scope.isEverything && scope.sites.length + scope.lenses.length + scope.hostLabels.length === 0;
    const services = isOfServices && scope.services.length > 0 ? scope.services : [null];
    for (const service of services) {
      const denied = deny(actor, 'closings.edit', service === null ? undefined : await subjectOf(stores, [service]));
      if (denied !== null) return denied;
    }
  }
  return null;
}

/** The scope as it is stored: named things exist, and nothing is named beside everything. */
export async function checkScope(stores: Stores, scope: Scope): Promise<Result<Scope>> {
  const { services, sites, lenses, hostLabels } = scope;
  const count = services.length + sites.length + lenses.length + hostLabels.length;
  if (scope.isEverything && count > 0) return wrong('It is for everything and names single things too. Choose one of the two.');
  if (!scope.isEverything && count === 0)
    return wrong('It is for nothing. Name a service, a site, a lens or a label of hosts, or choose everything.');
  if (count > MOST_NAMES)
    return wrong(`It names ${count} things, and at most ${MOST_NAMES} can be named. Choose a site, a lens or a label that covers them.`);
  const portfolio = await stores.portfolio.load();
  const missing =
    unknown(
      services,
      portfolio.services.map(({ key }) => key),
      'service',
    ) ??
    unknown(
      sites,
      portfolio.sites.map(({ key }) => key),
      'site',
    ) ??
    unknown(lenses, LENSES, 'lens');
  if (missing !== null) return wrong(missing);
  const label = hostLabels.find((text) => !LABEL.test(text));
  return label === undefined ? done(scope) : wrong(`"${label}" is not a label. Write it as name=value, such as env=prod.`);
}

export function zoneFault(zone: string): Refusal | null {
  const problem = zoneProblem(zone);
  return problem === null ? null : refused('INVALID_INPUT', `${problem.message} ${problem.remedy}`, { field: 'zone', problems: [problem] }).refusal;
}

function unknown(names: readonly string[], known: readonly string[], kind: string): string | null {
  const missing = names.find((name) => !known.includes(name));
  return missing === undefined ? null : `There is no ${kind} "${missing}". Choose one of the portfolio.`;
}

function wrong(message: string): ReturnType<typeof refused> {
  return refused('INVALID_INPUT', message, { field: 'scope' });
}
