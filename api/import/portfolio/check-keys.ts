// Keys that stand twice, and references to hosts and sites that the file does not know: errors, for nothing could be built on them.
import type { Problem } from '../../domain/errors.ts';
import { suggester } from '../yaml/did-you-mean.ts';
import type { YamlPath, YamlSource } from '../yaml/yaml-source.ts';
import type { PortfolioFile } from './portfolio-file.ts';

/** Linear in the file. */
export function checkKeys(file: PortfolioFile, source: YamlSource): readonly Problem[] {
  const hosts = file.hosts ?? [];
  const lists = [
    { list: 'sites', noun: 'site', keys: (file.sites ?? []).map((site) => site.key), field: 'key' },
    { list: 'hosts', noun: 'host', keys: hosts.map((host) => host.key), field: 'key' },
    { list: 'policies', noun: 'policy of tier', keys: (file.policies ?? []).map((policy) => String(policy.tier)), field: 'tier' },
    { list: 'services', noun: 'service', keys: file.services.map((service) => service.key), field: 'key' },
  ];
  const siteNames = new Set((file.sites ?? []).map((site) => site.key));
  const hostNames = new Set(hosts.map((host) => host.key));
  const siteReferences = hosts.flatMap((host, at) =>
    host.site === undefined ? [] : [{ path: ['hosts', at, 'site'], key: host.site, by: `host \`${host.key}\`` }],
  );
  const hostReferences = file.services.flatMap((service, at) =>
    (service.hosts ?? []).map((key, index) => ({ path: ['services', at, 'hosts', index], key, by: `service \`${service.key}\`` })),
  );
  const jumpReferences = hosts.flatMap((host, at) =>
    host.jump === undefined ? [] : [{ path: ['hosts', at, 'jump'], key: host.jump, by: `host \`${host.key}\`` }],
  );
  return [
    ...lists.flatMap((list) => doubled(list, source)),
    ...unknown({ references: siteReferences, names: siteNames, noun: 'site' }, source),
    ...unknown({ references: [...jumpReferences, ...hostReferences], names: hostNames, noun: 'host' }, source),
  ];
}

interface KeyList {
  readonly list: string;
  readonly noun: string;
  readonly keys: readonly string[];
  readonly field: string;
}

function doubled({ list, noun, keys, field }: KeyList, source: YamlSource): readonly Problem[] {
  const seen = new Set<string>();
  return keys.flatMap((key, at) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `The ${noun} \`${key}\` stands here a second time.`;
    return [
      source.problemAt([list, at, field], {
        code: `duplicate-${list}`,
        severity: 'error',
        message,
        remedy: 'Keep one of them, or give it another key.',
      }),
    ];
  });
}

interface References {
  readonly references: readonly { readonly path: YamlPath; readonly key: string; readonly by: string }[];
  readonly names: ReadonlySet<string>;
  readonly noun: string;
}

function unknown({ references, names, noun }: References, source: YamlSource): readonly Problem[] {
  const suggest = suggester([...names]);
  return references
    .filter((reference) => !names.has(reference.key))
    .map(({ path, key, by }) => {
      const near = suggest(key);
      return source.problemAt(path, {
        code: `unknown-${noun}`,
        severity: 'error',
        message: `The ${noun} \`${key}\` that ${by} names is not in the file.`,
        remedy: near === null ? `Add it under \`${noun}s\`, or take it out here.` : `Did you mean \`${near}\`?`,
      });
    });
}
