// A captured value is used somewhere.
import type { LintRule } from './lint-rule.ts';
import { usesIn } from './parts/uses.ts';

export const unusedCapture: LintRule = {
  code: 'unused-capture',
  weight: 'warning',
  title: 'A captured value that nothing uses',
  why: `A value that nothing uses is mostly a name that is mistyped where it should be used. In a command it is \`"$name"\`, in other texts
\`\${name}\`, in a condition \`values.name\`.`,
  remedy: 'Use it, or remove it.',
  bad: `steps:
  - id: position
    title: Note how far the log goes
    check: psql -Atc 'select pg_current_wal_lsn()'
    on: db
    capture: { last_lsn: stdout }
  - id: caught-up
    title: The standby has got as far
    check: replayed-up-to "$lsn"
    on: db`,
  good: `steps:
  - id: position
    title: Note how far the log goes
    check: psql -Atc 'select pg_current_wal_lsn()'
    on: db
    capture: { last_lsn: stdout }
  - id: caught-up
    title: The standby has got as far
    check: replayed-up-to "$last_lsn"
    on: db`,
  check(subject) {
    const used = new Set(usesIn(subject).map(({ name }) => name));
    return subject.steps.flatMap(({ step, path, by }) =>
      ('captures' in step ? step.captures : [])
        .filter(({ name }) => !used.has(name))
        .map(({ name }) => ({
          path: [...path, 'capture', name],
          at: 'key' as const,
          message: `${by} captures \`${name}\`, and nothing uses it.`,
          remedy: `Use it as "$${name}", or remove it.`,
        })),
    );
  },
};
