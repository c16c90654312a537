// What differs between two revisions as lines for people: by step, commands line by line, and what it does to the proof.
import type { FieldChange, RunbookDiff, StepChange } from '../../domain/runbook/diff/runbook-diff.ts';
import { paint, plain, type Colour, type Terminal } from '../terminal.ts';

type Look = Pick<Terminal, 'isColourful'>;

export function isEmptyDiff({ head, steps }: RunbookDiff): boolean {
  return head.length === 0 && steps.length === 0;
}

/** Empty when nothing differs. */
export function diffText(look: Look, diff: RunbookDiff): readonly string[] {
  if (isEmptyDiff(diff)) return [];
  return [
    ...(diff.head.length === 0 ? [] : [paint(look, 'bold', 'head'), ...diff.head.flatMap((change) => fieldLines(look, change))]),
    ...diff.steps.flatMap((change) => stepLines(look, change)),
    diff.voidsEvidence
      ? paint(look, 'yellow', 'What drills have proven does not hold for the new revision (see the lines with !).')
      : 'What drills have proven still holds.',
  ];
}

const SIGNS: Readonly<Record<StepChange['type'], readonly [sign: string, colour: Colour]>> = {
  new: ['+', 'green'],
  gone: ['-', 'red'],
  changed: ['~', 'yellow'],
  moved: ['>', 'cyan'],
};

function stepLines(look: Look, change: StepChange): readonly string[] {
  const [sign, colour] = SIGNS[change.type];
  const notes = [
    change.type,
    ...(change.renamedFrom === null ? [] : [`was ${change.renamedFrom}`]),
    ...(change.isMoved && change.type !== 'moved' ? ['moved'] : []),
    ...(change.changesCommand && change.type === 'changed' ? ['another command'] : []),
  ];
  const head = `${sign} ${plain(change.id)}  ${plain(change.title)} (${plain(notes.join(', '))})${change.voidsEvidence ? ' !' : ''}`;
  return [paint(look, colour, head), ...change.fields.flatMap((field) => fieldLines(look, field))];
}

function fieldLines(look: Look, { field, before, after, voidsEvidence, lines }: FieldChange): readonly string[] {
  const mark = voidsEvidence ? ' !' : '';
  if (lines === undefined) return [`    ${plain(field)}: ${value(before)} -> ${value(after)}${mark}`];
  return [
    `    ${plain(field)}:${mark}`,
    ...lines.map((line) => {
      if (line.type === 'same') return paint(look, 'dim', `        ${plain(line.text)}`);
      return line.type === 'new' ? paint(look, 'green', `      + ${plain(line.text)}`) : paint(look, 'red', `      - ${plain(line.text)}`);
    }),
  ];
}

function value(text: string | null): string {
  return text === null ? 'not set' : plain(text);
}
