// A runbook holds no secret in plain text.
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { LintSubject } from './lint-subject.ts';
import { baseName, invocationOf } from './shell/shell-command.ts';
import type { ShellCommand } from './shell/shell-command.ts';

/**
 * An assignment, option or JSON member with a literal value; one that begins with `$` is a variable, and that is how it should be. The
 * name may be the end of a longer one: `DB_PASSWORD`, `x-api-key`.
 */
const ASSIGNED =
  /(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key)["']?(?:\s*[=:]\s*|\s+(?=['"]))['"]?(?!\$|<|\*|%|file:|env:|\/|true\b|false\b|null\b|none\b)[^\s'"$&|;,{}()]{4,}/iu;
/** Forms that only a secret has: private keys, and the keys and tokens of well-known services. */
const KNOWN_FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/u,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/u,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/u,
  /\bglpat-[A-Za-z0-9_-]{20}/u,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/u,
  /\bhvs\.[A-Za-z0-9_-]{20,}/u,
  /\beyJ[A-Za-z0-9_-]{10,200}\.eyJ[A-Za-z0-9_-]{10,}/u,
];
/** `https://user:password@host` */
const IN_URL = /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@'"$]{1,100}:(?!\$)[^\s/@'"$]{3,100}@/iu;
/** `user:password` */
const WITH_USER = /^[^:$]{1,100}:[^$]{3,}$/u;
const HEADER_VALUE = /^(?:bearer|basic|token)\s+(?!\$)\S{8,}/iu;
const HEADER_NAME = /(?:authorization|token|api-?key|secret|password)$/iu;

export const plainSecret: LintRule = {
  code: 'plain-secret',
  weight: 'warning',
  title: 'A secret in plain text',
  why: `A runbook is read by many and kept for ever: a secret in it is known, and every revision and plan repeats it. Commands, their environment,
URLs, headers, bodies and messages are looked at, for names such as \`password\` with a constant value and for forms that only keys and tokens have.`,
  remedy:
    'Make it an input with `secret: true`, or keep it in a file on the host that only the account may read. What stood here must be changed: it is known.',
  bad: `steps:
  - id: lag
    title: The standby is close behind
    check: PGPASSWORD=correct-horse psql -Atc 'select 1'
    on: db`,
  good: `inputs:
  pgpassword: { type: string, secret: true, required: true, ask: Password of the monitoring account? }
steps:
  - id: lag
    title: The standby is close behind
    check: PGPASSWORD="$pgpassword" psql -Atc 'select 1'
    on: db`,
  check(subject) {
    return [...inCommands(subject), ...inTexts(subject), ...inEnvironments(subject)];
  },
};

function inCommands({ commands }: LintSubject): readonly LintFinding[] {
  return commands
    .filter(({ text, parts }) => holdsSecret(text) || (/\b(?:curl|sshpass)\b/u.test(text) && parts().some(takesSecret)))
    .map(({ path, by }) => finding(path, by));
}

/** `curl -u user:password` and `sshpass -p password`. */
function takesSecret(command: ShellCommand): boolean {
  const [first] = command.words;
  if (first !== undefined && baseName(first.text) === 'sshpass') return isLiteralAfter(command.words, '-p');
  const invocation = invocationOf(command);
  if (invocation?.name !== 'curl') return false;
  const words = invocation.args.map(({ text }) => text);
  return words.some((text, index) => {
    const before = words[index - 1];
    const value = before === '-u' || before === '--user' ? text : (/^(?:-u|--user=)(.+)$/u.exec(text)?.[1] ?? '');
    return WITH_USER.test(value);
  });
}

function isLiteralAfter(words: ShellCommand['words'], option: string): boolean {
  const value = words[words.findIndex(({ text }) => text === option) + 1]?.text ?? '';
  return words.some(({ text }) => text === option) && value !== '' && !value.startsWith('$');
}

function inTexts({ templates }: LintSubject): readonly LintFinding[] {
  return templates
    .filter(({ text, use, path }) => {
      if (use === 'message') return isSecretInProse(text);
      if (use !== 'header') return holdsSecret(text);
      const isLiteral = !text.includes('${') && text.length >= MIN_SECRET;
      return holdsSecret(text) || HEADER_VALUE.test(text) || (isLiteral && HEADER_NAME.test(String(path.at(-1))));
    })
    .map(({ path, by }) => finding(path, by));
}

/** Shorter values are words such as `yes`. */
const MIN_SECRET = 8;

function inEnvironments({ steps }: LintSubject): readonly LintFinding[] {
  return steps.flatMap(({ step, path, by }) =>
    Object.entries('env' in step ? (step.env ?? {}) : {})
      .filter(([name, value]) => holdsSecret(`${name}=${value}`))
      .map(([name]) => finding([...path, 'env', name], by)),
  );
}

/** People write "password: see the safe": what is a word there is none. */
function isSecretInProse(text: string): boolean {
  const assigned = ASSIGNED.exec(text)?.[0] ?? '';
  return /\d/u.test(assigned) || IN_URL.test(text) || KNOWN_FORMS.some((form) => form.test(text));
}

function holdsSecret(text: string): boolean {
  return ASSIGNED.test(text) || IN_URL.test(text) || KNOWN_FORMS.some((form) => form.test(text));
}

function finding(path: LintFinding['path'], by: string): LintFinding {
  return {
    path,
    message: `${by} seems to hold a secret in plain text.`,
    remedy: 'Make it an input with `secret: true`, or keep it in a file on the host that only the account may read.',
  };
}
