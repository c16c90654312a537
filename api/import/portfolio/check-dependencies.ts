// Oddities among dependencies. They are warnings: what people wrote is kept and shown, for that is how the estate is known.
import { circlesOf, dependencyGraph } from '../../domain/catalogue/dependency-graph.ts';
import type { Dependency } from '../../domain/catalogue/portfolio.ts';
import type { Problem } from '../../domain/errors.ts';
import { suggester } from '../yaml/did-you-mean.ts';
import type { Finding, YamlPath, YamlSource } from '../yaml/yaml-source.ts';
import { dependencyOf } from './build-portfolio.ts';
import type { PortfolioFile } from './portfolio-file.ts';

/** Self-references, dangling references, doubled ones and circles, each at its place. Linear in the file. */
export function checkDependencies(file: PortfolioFile, source: YamlSource): readonly Problem[] {
  const written = file.services.flatMap((service, at) =>
    (service.dependsOn ?? []).map((entry, index): Written => ({
      path: ['services', at, 'dependsOn', index],
      edge: dependencyOf(service.key, entry),
    })),
  );
  return [...singleProblems(file, written, source), ...circleProblems(file, written, source)];
}

interface Written {
  readonly path: YamlPath;
  readonly edge: Dependency;
}

function singleProblems(file: PortfolioFile, written: readonly Written[], source: YamlSource): readonly Problem[] {
  const services = new Set(file.services.map((service) => service.key));
  const suggest = suggester([...services]);
  const seen = new Set<string>();
  return written.flatMap(({ path, edge }) => {
    const id = `${edge.from} ${edge.to}`;
    const isDoubled = seen.has(id);
    seen.add(id);
    if (edge.from === edge.to) return [source.problemAt(path, selfReference(edge))];
    if (!services.has(edge.to)) return [source.problemAt(path, dangling(edge, suggest(edge.to)))];
    return isDoubled ? [source.problemAt(path, doubled(edge))] : [];
  });
}

function circleProblems(file: PortfolioFile, written: readonly Written[], source: YamlSource): readonly Problem[] {
  const circles = circlesOf(dependencyGraph({ services: file.services, dependencies: written.map((item) => item.edge) }));
  const circleOf = new Map(circles.flatMap((members) => members.map((member) => [member, members] as const)));
  const shown = new Set<readonly string[]>();
  return written.flatMap(({ path, edge }) => {
    const circle = circleOf.get(edge.from);
    if (edge.kind !== 'hard' || circle === undefined || edge.from === edge.to || circle !== circleOf.get(edge.to) || shown.has(circle)) return [];
    shown.add(circle);
    return [source.problemAt(path, circular(circle))];
  });
}

function selfReference(edge: Dependency): Finding {
  return warning('self-dependency', `\`${edge.from}\` is said to depend on itself.`, 'Take it out; until then it is kept and carries no weight.');
}

function dangling(edge: Dependency, near: string | null): Finding {
  const remedy =
    near === null ? 'Add the service, or take the dependency out' : `Did you mean \`${near}\`? Otherwise add the service, or take the dependency out`;
  return warning(
    'dangling-dependency',
    `\`${edge.from}\` depends on \`${edge.to}\`, which is not in the file.`,
    `${remedy}; until then it is kept and shown.`,
  );
}

function doubled(edge: Dependency): Finding {
  return warning('duplicate-dependency', `\`${edge.from}\` names \`${edge.to}\` a second time.`, 'Keep one of them; hard wins over soft.');
}

function circular(circle: readonly string[]): Finding {
  const message = `${circle.map((key) => `\`${key}\``).join(', ')} depend on one another in a circle.`;
  return warning(
    'dependency-circle',
    message,
    'Make one of the dependencies soft if it can be done without; until then they are scored as one group.',
  );
}

function warning(code: string, message: string, remedy: string): Finding {
  return { code, severity: 'warning', message, remedy };
}
