// The steps of a document of any of its three schemas, in one shape.
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import type { SourceStep } from './document.ts';

/** Steps without a name or with a name twice get one by their number: only the first of a name can be jumped to. */
export function readSteps(data: Readonly<Record<string, unknown>>): readonly SourceStep[] {
  const { mainSteps, runtimeConfig } = data;
  if (isList(mainSteps)) {
    const seen = new Set<string>();
    return mainSteps.flatMap((entry, index): readonly SourceStep[] => {
      if (!isMap(entry)) return [];
      const own = scalarText(entry['name'])?.trim() ?? '';
      const name = own === '' || seen.has(own) ? `step ${index + 1}` : own;
      seen.add(name);
      return [{ entry, at: ['mainSteps', index], name, action: scalarText(entry['action']) ?? '' }];
    });
  }
  return isMap(runtimeConfig) ? pluginSteps(runtimeConfig) : [];
}

/** Schema 1.2: plug-ins by name, each with a list of properties that are the inputs. */
function pluginSteps(runtimeConfig: Readonly<Record<string, unknown>>): readonly SourceStep[] {
  return Object.entries(runtimeConfig).flatMap(([action, plugin]) => {
    const properties = isMap(plugin) && isList(plugin['properties']) ? plugin['properties'] : [];
    return properties.flatMap((inputs, index): readonly SourceStep[] => {
      if (!isMap(inputs)) return [];
      const id = scalarText(inputs['id']) ?? `${action.replace(/^aws:/, '')} ${index + 1}`;
      return [{ entry: { action, inputs }, at: ['runtimeConfig', action, 'properties', index], name: id, action }];
    });
  });
}

/** Where the inputs of a step stand in the file: in schema 1.2 they are the step. */
export function hasInputsInside(step: SourceStep): boolean {
  return step.at[0] === 'runtimeConfig';
}
