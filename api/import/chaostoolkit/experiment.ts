// What all parts of the chaostoolkit importer share while they walk one experiment.
import type { Ledger } from '../runbook-source/ledger.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';

export interface Experiment {
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
  /** Variables of the runbook by the name in `${…}`; secrets under their own name, as chaostoolkit merges them. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Names of the secrets in each group, with where they came from. */
  readonly secretGroups: ReadonlyMap<string, readonly Secret[]>;
}

export interface Variable {
  /** Declares the input at the first use of a secret, and gives its name. */
  name(): string;
  readonly isSecret: boolean;
}

export interface Secret {
  readonly name: string;
  /** "environment variable HUMIO_TOKEN". */
  readonly from: string;
  readonly path: SourcePath;
}

export const HOST_QUESTION = 'Which host runs the commands of the experiment?';

/** `${name}` in a text, where the name is one of the experiment's. */
export function placesIn(
  text: string,
  { variables }: Experiment,
): readonly { readonly from: number; readonly to: number; readonly variable: string }[] {
  return [...text.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].flatMap((match) => {
    const variable = variables.get(match[1] ?? '');
    return variable === undefined ? [] : [{ from: match.index, to: match.index + match[0].length, variable: variable.name() }];
  });
}

/** A text for a URL, a header or a body: known places stay, others are taken as they are. */
export function templateOf(text: string, experiment: Experiment): string {
  return text.replaceAll(/\$\{(?:([A-Za-z_]\w*)\})?/g, (place, name: string | undefined) => {
    const variable = name === undefined ? undefined : experiment.variables.get(name);
    return variable === undefined ? `$${place}` : `\${${variable.name()}}`;
  });
}
