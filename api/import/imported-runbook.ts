// What an importer makes of a procedure that was written for another tool: files of a runbook, and what became of every piece of the source.
import type { Result } from '../domain/errors.ts';

export const RUNBOOK_FORMATS = ['chaostoolkit', 'rundeck', 'ssm', 'markdown'] as const;
export type RunbookFormat = (typeof RUNBOOK_FORMATS)[number];

export interface ImportOptions {
  /** Found out from the text and the file name unless given. */
  readonly format?: RunbookFormat;
  /** Key of the runbook; made from its title unless given. A file with several gets this one, `-2`, `-3`. */
  readonly key?: string;
}

export interface ImportedRunbook {
  readonly key: string;
  readonly title: string;
  /** `runbook.yaml` and the scripts beside it, by name. It parses; words that nobody but its owner knows are marked `# fill in:`. */
  readonly files: ReadonlyMap<string, string>;
  /** Every piece of the source is in exactly one of these three lists, in the order of the source. */
  readonly understood: readonly ImportNote[];
  /** What a person does or decides in the runbook, with the original text in front of them. */
  readonly manual: readonly ImportNote[];
  /** What is nowhere in the runbook's steps. */
  readonly unplaced: readonly ImportNote[];
}

export interface ImportNote {
  /** 1-based; null where the format does not tell. */
  readonly line: number | null;
  /** Where in the source: a path such as `method[0]: name, provider`, or a heading. */
  readonly what: string;
  /** Id of the step, or a place in the head such as `inputs.site`. */
  readonly became: string | null;
  /** A sentence. */
  readonly why: string;
}

/** `text` has passed the checks of `importRunbook`: at most 1 MB, Unix line ends, no control characters. */
export type Importer = (text: string, fileName: string, options: ImportOptions) => Result<readonly ImportedRunbook[]>;
