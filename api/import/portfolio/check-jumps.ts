// Jump hosts that lead in a circle: an error, for none of these hosts could ever be reached.
import { wayTo } from '../../domain/catalogue/way.ts';
import type { Problem } from '../../domain/errors.ts';
import type { YamlSource } from '../yaml/yaml-source.ts';
import type { PortfolioFile } from './portfolio-file.ts';

/** One problem for each circle, at the first of its hosts. */
export function checkJumps({ hosts = [] }: PortfolioFile, source: YamlSource): readonly Problem[] {
  const jumps = new Map(hosts.map(({ key, jump }) => [key, jump ?? null]));
  const told = new Set<string>();
  return hosts.flatMap(({ key }, at) => {
    const way = wayTo(key, (host) => jumps.get(host));
    // Hosts that only lead into a circle are told by the circle.
    if (way.kind !== 'circle' || !way.hosts.includes(key) || told.has(key)) return [];
    for (const member of way.hosts) told.add(member);
    const message =
      way.hosts.length === 2
        ? `Host \`${key}\` is said to be reached through itself.`
        : `These hosts are reached through each other: ${way.hosts.map((host) => `\`${host}\``).join(' through ')}.`;
    return [
      source.problemAt(['hosts', at, 'jump'], {
        code: 'jump-circle',
        severity: 'error',
        message,
        remedy: 'Take `jump` out of the one that is dialled directly.',
      }),
    ];
  });
}
