// What the parts of the editor share: the text being written, and what is known about it.
import type { Component, InjectionKey, Ref } from 'vue';
import type { ResultOf } from '../../graphql/graphql.ts';
import type { CheckRunbookQuery } from '../../graphql/editor.ts';
import type { Path, TextChange } from './edit-unit.ts';
import type { Schema } from './language-schema.ts';
import type { Outline } from './outline-type.ts';
import type { CompanyNames } from './runbook-words.ts';

export type Checked = ResultOf<typeof CheckRunbookQuery>['checkRunbook'];
export type FoundProblem = Checked['problems'][number];

/** The files beside the runbook by name. */
export type Files = Readonly<Record<string, string>>;

/** A text with its files, as it is saved, checked and submitted. */
export interface RunbookDocument {
  readonly source: string;
  readonly files: Files;
}

export interface FormContext {
  readonly schema: Ref<Schema | null>;
  readonly outline: Ref<Outline>;
  readonly company: Ref<CompanyNames>;
  readonly files: Ref<Files>;
  /** The component of one key: groups of keys are made of it, and it of groups. */
  readonly field: Component;
  readonly change: (change: TextChange | null) => void;
}

/** How a field writes: the path is that within the step or the head. */
export type SetValue = (path: Path, value: unknown) => void;

export const FORM: InjectionKey<FormContext> = Symbol('form');
