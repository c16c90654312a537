// A captured value is used only after the step that captures it, and an outcome is asked for only after the step has one.
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { LintSubject } from './lint-subject.ts';
import { usesIn } from './parts/uses.ts';

export const captureTooEarly: LintRule = {
  code: 'capture-too-early',
  weight: 'warning',
  title: 'A value that is used before it is there',
  why: `Where nothing makes a step wait for the value it uses, the variable is not set, and \`sh -u\` fails; a request or message fails likewise, and
so does a condition. The same goes for a condition that asks how another step ended and does not wait for it.`,
  remedy: 'Make the step need the one that captures the value, directly or by way of others.',
  bad: `steps:
  - id: position
    title: Note how far the log goes
    check: psql -Atc 'select pg_current_wal_lsn()'
    on: db
    capture: { last_lsn: stdout }
  - id: caught-up
    title: The standby has got as far
    needs: []
    check: replayed-up-to "$last_lsn"
    on: db`,
  good: `steps:
  - id: position
    title: Note how far the log goes
    check: psql -Atc 'select pg_current_wal_lsn()'
    on: db
    capture: { last_lsn: stdout }
  - id: caught-up
    title: The standby has got as far
    needs: [position]
    check: replayed-up-to "$last_lsn"
    on: db`,
  check(subject) {
    return [...earlyValues(subject), ...earlyOutcomes(subject)];
  },
};

function earlyValues(subject: LintSubject): readonly LintFinding[] {
  const capturers = new Map<string, string[]>();
  for (const { step } of subject.steps) {
    if ('captures' in step) for (const { name } of step.captures) capturers.set(name, [...(capturers.get(name) ?? []), step.id]);
  }
  if (capturers.size === 0) return [];
  return usesIn(subject).flatMap(({ name, path, by, step }): readonly LintFinding[] => {
    const ids = capturers.get(name);
    const [id] = ids ?? [];
    if (ids === undefined || id === undefined || step === null) return [];
    // An undo runs after its own step, so that it may use what that one has captured.
    const before = subject.ancestorsOf(step);
    const isUndo = path.at(-1) === 'undo';
    if (ids.some((capturer) => before.has(capturer) || (isUndo && capturer === step.id))) return [];
    return [{ path, message: `${by} uses \`${name}\` and does not wait for \`${id}\`, which captures it.`, remedy: `Make it need \`${id}\`.` }];
  });
}

function earlyOutcomes({ conditions, ancestorsOf }: LintSubject): readonly LintFinding[] {
  return conditions.flatMap(({ names, path, at }) =>
    names
      .filter(({ of, name }) => of === 'steps' && !ancestorsOf(at.step).has(name))
      .map(({ name }) => ({
        path,
        message: `${at.by} asks how \`${name}\` ended and does not wait for it.`,
        remedy: `Make it need \`${name}\`.`,
      })),
  );
}
