// A command holds no secret in plain text.
import { commandsOf } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

/** An assignment or option with a literal value; one that begins with `$` is a variable, and that is how it should be. */
const ASSIGNED = /\b(password|passwd|secret|token|api_?key|pgpassword)\b\s*[=:]\s*['"]?[^\s'"$&|;]{4,}/iu;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/u;
/** Access key ids of AWS have this form. */
const AWS_KEY = /\bAKIA[0-9A-Z]{16}\b/u;

export const plainSecret: LintRule = {
  code: 'plain-secret',
  why: 'A runbook is read by many and kept for ever: a secret in it is known, and every revision and plan repeats it.',
  check(runbook) {
    return commandsOf(runbook)
      .filter(({ command }) => [ASSIGNED, PRIVATE_KEY, AWS_KEY].some((form) => form.test(command)))
      .map(({ path, by }) => ({
        path,
        message: `${by} seems to hold a secret in plain text.`,
        remedy: 'Keep it in a file on the host that only the account may read.',
      }));
  },
};
