// A revision: an immutable runbook named by the SHA-256 of its canonical form.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../history/canonical-json.ts';
import type { Runbook } from './runbook.ts';

export interface Revision {
  /** Lower-case hex SHA-256 of the canonical form, scripts included. */
  readonly hash: string;
  /** 1, 2, 3 … within its runbook, in the order of arrival. */
  readonly number: number;
  readonly runbook: Runbook;
  /** The text as it was written, for people. */
  readonly source: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly approvedAt: number | null;
  readonly approvedBy: string | null;
}

/** Comments, order of keys, quoting and line ends of the source do not change it; what would run does. */
export function revisionHash(runbook: Runbook): string {
  return createHash('sha256').update(canonicalJson(runbook)).digest('hex');
}
