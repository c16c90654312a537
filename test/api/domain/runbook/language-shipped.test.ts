// The shipped runbooks are valid, and keep the hashes under which they were approved.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import { NO_SCRIPTS } from './written-runbook.ts';

/** Computed before the language had more than five kinds of steps. A change of a runbook changes its hash; a change of the language must not. */
const HASHES = [
  ['ledger-failover', '0175cf2c179d3d357e3d01b46ce8bd9e18699f93eeffa600144fb8744aaa8901'],
  ['ledger-restore', '22493ad7ec8b49c9b98baf9dac4a6730dc3cfeb818ae8d51e25a56ea09d66ebe'],
] as const;

describe('the shipped runbook', () => {
  it.each(HASHES)('%s keeps its hash', (key, hash) => {
    const text = readFileSync(new URL(`../../../../runbooks/${key}/runbook.yaml`, import.meta.url), 'utf8');
    const { runbook, problems } = parseRunbook(text, 'runbook.yaml', NO_SCRIPTS);
    expect(problems).toEqual([]);
    expect(runbook !== null && revisionHash(runbook)).toBe(hash);
  });
});
