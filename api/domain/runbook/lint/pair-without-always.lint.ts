// What is silenced, locked or cut comes back however the drill ends.
import { addKey, fixOf, indentOf } from './fix/edit-yaml.ts';
import type { Fix, TextEdit } from '../../errors.ts';
import type { Path, Places } from '../place.ts';
import type { Runbook } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { isRevertedAlways, pairedSteps } from './pairs.ts';
import type { PairedStep } from './pairs.ts';

const AFTER: readonly string[] = ['phase', 'title', 'id'];

export const pairWithoutAlways: LintRule = {
  code: 'pair-without-always',
  weight: 'warning',
  title: 'Paired steps without `always`',
  why: `A silence, a lock, a paused agent or a shortened TTL must be taken back at the end of every drill. A plain undo runs only when a drill is aborted
with undo, and a step that comes later runs only when the drill gets there. With \`always: true\` it runs at the end however the drill ends.`,
  remedy: 'Write `undo: {run: …, always: true}`; or `undo: {step: …}`, and `always: true` at that step.',
  bad: `steps:
  - id: disable-puppet
    title: Puppet is held back
    run: puppet agent --disable "drill, $expires"
    on: db
    undo: puppet agent --enable
    expires: 2h
    timeout: 1m
    estimate: 5s`,
  good: `steps:
  - id: disable-puppet
    title: Puppet is held back
    run: puppet agent --disable "drill, $expires"
    on: db
    undo: { run: puppet agent --enable, always: true }
    expires: 2h
    timeout: 1m
    estimate: 5s`,
  check(subject) {
    const { runbook, places } = subject;
    return pairedSteps(subject)
      .filter(({ step, isVariant }) => !isVariant && !isRevertedAlways(step, runbook.steps))
      .map((paired) => ({
        path: [...paired.path, 'id'],
        message: `${paired.by} ${paired.does}, and nothing takes that back however the drill ends.`,
        remedy: 'Write `undo: {run: …, always: true}`; or `undo: {step: …}`, and `always: true` at that step.',
        ...fixFor(paired, runbook, places),
      }));
  },
};

function fixFor({ step, path }: PairedStep, runbook: Runbook, places: Places): { readonly fix?: Fix } {
  if (step.undoStep !== undefined) {
    const index = runbook.steps.findIndex(({ id }) => id === step.undoStep);
    return fixOf(`Add \`always: true\` to \`${step.undoStep}\``, addKey(places, ['steps', index], { key: 'always', value: 'true', after: AFTER }));
  }
  const undo = [...path, 'undo'];
  const inMap = addKey(places, undo, { key: 'always', value: 'true', after: ['run', 'script'] });
  return fixOf('Let the undo run however the drill ends', ...(inMap === null ? asMap(places, undo) : [inMap]));
}

/** Turns `undo: text` into a map with `run`, the text as it was written. */
function asMap(places: Places, path: Path): readonly (TextEdit | null)[] {
  const layout = places.layoutOf(path);
  if (layout === null || layout.key === null || layout.form !== 'text' || layout.around === 'flow') return [null];
  if (layout.value.from.line !== layout.value.to.line || layout.value.from.line !== layout.key.from.line) return [null];
  const indent = indentOf(layout.key.from.column + 2);
  const { value, key, lineEnd } = layout;
  return [
    { from: { line: key.to.line, column: key.to.column + 1 }, to: value.from, newText: `\n${indent}run: ` },
    { from: lineEnd, to: lineEnd, newText: `\n${indent}always: true` },
  ];
}
