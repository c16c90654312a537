// What all parts of the Rundeck importer share while they walk one job.
import type { Ledger } from '../runbook-source/ledger.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import type { PlaceInShell } from '../write-runbook/shell-text.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';

export interface Job {
  readonly data: Readonly<Record<string, unknown>>;
  /** Where the job stands in the file. */
  readonly at: SourcePath;
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
  /** Variables by the name of the option. */
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlySet<string>;
  /** Key of the runbook that this job becomes. */
  readonly key: string;
  /** Keys of the runbooks that the jobs of this file become, by name and by uuid. */
  readonly keys: ReadonlyMap<string, string>;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Where Rundeck pastes a value: `${option.x}` everywhere, `@option.x@` in scripts. */
const PASTED = /\$\{(?:option|unquotedoption)\.([\w.-]+)\}|@option\.([\w.-]+)@/g;
/** What the shell reads from the environment that Rundeck sets. */
const FROM_ENVIRONMENT = /\$(?:RD_OPTION_(\w+)|\{RD_OPTION_(\w+)(?=[}:]))/g;
/** Values of Rundeck that runbooks do not have. */
const OTHERS =
  /\$\{(?:option|unquotedoption|job|node|globals|data|export|error|result|execution|project|config)[.*][^}]*\}|@(?:option|job|node|globals|data|export)[.*][\w.:-]*@|\$\{?RD_[A-Z]\w*/;

export interface RewrittenText {
  readonly text: string;
  readonly places: readonly PlaceInShell[];
}

/** The text with variables in place of the environment's, and where values are pasted; null when it uses what runbooks do not have. */
export function placesOfOptions(text: string, { variables }: Job): RewrittenText | null {
  const byCapitals = new Map([...variables].map(([name, variable]) => [name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_'), variable]));
  const plain = text.replaceAll(FROM_ENVIRONMENT, (found, bare: string | undefined, braced: string | undefined) => {
    const variable = byCapitals.get(bare ?? braced ?? '');
    if (variable === undefined) return found;
    return bare === undefined ? `\${${variable}` : `\${${variable}}`;
  });
  const places: PlaceInShell[] = [];
  for (const match of plain.matchAll(PASTED)) {
    const variable = variables.get(match[1] ?? match[2] ?? '');
    if (variable === undefined) return null;
    places.push({ from: match.index, to: match.index + match[0].length, variable });
  }
  return OTHERS.test(plain.replaceAll(PASTED, '')) ? null : { text: plain, places };
}

/** For URLs, messages and inputs of other runbooks; null when a value is one that runbooks do not have. */
export function templateOfOptions(text: string, job: Job): string | null {
  if (OTHERS.test(text.replaceAll(PASTED, ''))) return null;
  let isWhole = true;
  const parts = text.split(/(\$\{(?:option|unquotedoption)\.[\w.-]+\}|@option\.[\w.-]+@)/);
  const written = parts.map((part, index) => {
    if (index % 2 === 0) return part.replaceAll('${', () => '$${');
    const name = /option\.([\w.-]+)/.exec(part)?.[1] ?? '';
    const variable = job.variables.get(name);
    if (variable === undefined) isWhole = false;
    return `\${${variable ?? ''}}`;
  });
  return isWhole ? written.join('') : null;
}
