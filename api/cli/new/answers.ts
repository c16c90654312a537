// What a new runbook is made of: asked of a person, or given as options.

export const TEMPLATES = ['failover', 'restore', 'restart', 'tabletop'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

export interface Answers {
  readonly key: string;
  readonly title: string;
  readonly template: TemplateName;
  readonly services: readonly string[];
  readonly scenario: string;
  readonly owner: string;
  /** Host that is lost, is restarted, or has the backups; not used in a tabletop. */
  readonly hostFrom: string;
  /** Host that takes over, or that the backup is restored on; the same as `hostFrom` in a restart. */
  readonly hostTo: string;
  /** Calendar day, such as 2026-10-01. */
  readonly today: string;
}

export interface Template {
  readonly name: TemplateName;
  /** For the list that a person chooses from. */
  readonly summary: string;
  readonly scenario: string;
  /** Questions about hosts, in words; null where the template has none. */
  readonly hostFrom: string | null;
  readonly hostTo: string | null;
  /** What the runbook is called unless its author says otherwise. */
  readonly title: (service: string) => string;
  /** Everything below the head. */
  body(answers: Answers): string;
  readonly level: 'full' | 'partial' | 'tabletop';
  /** For the README: what the drill proves, a sentence. */
  readonly proves: string;
}
