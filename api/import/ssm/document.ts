// What all parts of the Systems Manager importer share while they walk one document.
import type { Ledger } from '../runbook-source/ledger.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';
import { withVariables } from '../write-runbook/shell-text.ts';
import type { Parameter } from './parameters.ts';

export interface SsmDocument {
  readonly data: Readonly<Record<string, unknown>>;
  /** Key of the runbook that it becomes. */
  readonly key: string;
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Captured values by `Step.Output`. */
  readonly captured: ReadonlyMap<string, string>;
}

export type Entry = Readonly<Record<string, unknown>>;

export interface SourceStep {
  readonly entry: Entry;
  readonly at: SourcePath;
  readonly name: string;
  readonly action: string;
}

/** `{{ Parameter }}` or `{{ Step.Output }}`. */
const PLACE = /\{\{\s*([\w:.-]+)\s*\}\}/g;

/** The variable behind a name in double braces; null when it is one that only Systems Manager has. */
export function variableOf(name: string, document: SsmDocument): string | null {
  return document.captured.get(name) ?? document.parameters.get(name)?.variable() ?? null;
}

/** Shell text with its values as variables; null where that is not safe or a value is not there. */
export function shellText(text: string, document: SsmDocument): string | null {
  const places: { readonly from: number; readonly to: number; readonly variable: string }[] = [];
  for (const match of text.matchAll(PLACE)) {
    const variable = variableOf(match[1] ?? '', document);
    if (variable === null) return null;
    places.push({ from: match.index, to: match.index + match[0].length, variable });
  }
  return withVariables(text, places);
}

/** For inputs of other runbooks; null when a value is not there. */
export function templateText(text: string, document: SsmDocument): string | null {
  let isWhole = true;
  const written = text.split(/(\{\{\s*[\w:.-]+\s*\}\})/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll('${', () => '$${');
    const variable = variableOf(part.slice(2, -2).trim(), document);
    if (variable === null) isWhole = false;
    return `\${${variable ?? ''}}`;
  });
  return isWhole ? written.join('') : null;
}

/** For people: parameters show their values, what else stands in braces stays. */
export function shownText(text: string, document: SsmDocument): string {
  return text
    .replaceAll('${', () => '$${')
    .replaceAll(PLACE, (place, name: string) => {
      const parameter = document.parameters.get(name);
      return parameter === undefined ? place : `\${${parameter.variable()}}`;
    });
}

/** The only name in braces of a text that is nothing else. */
export function soleName(text: string): string | null {
  return /^\s*\{\{\s*([\w:.-]+)\s*\}\}\s*$/.exec(text)?.[1] ?? null;
}
