// A change set as lines: what is new, what changed and how, what is gone.
import { CHANGE_NOUNS, isEmptyChangeSet, type ChangeSet, type FieldChange } from '../domain/catalogue/change-set.ts';
import { paint, plain, type Terminal } from './terminal.ts';

export function printChanges(terminal: Terminal, changes: ChangeSet): void {
  if (isEmptyChangeSet(changes)) {
    terminal.out('Nothing would change: the portfolio is stored like this already.');
    return;
  }
  for (const noun of CHANGE_NOUNS) {
    const { new: added, changed, gone } = changes[noun];
    if (added.length + changed.length + gone.length === 0) continue;
    terminal.out(paint(terminal, 'bold', `${noun}: ${added.length} new, ${changed.length} changed, ${gone.length} gone`));
    for (const key of added) terminal.out(paint(terminal, 'green', `  + ${plain(key)}`));
    for (const item of changed) terminal.out(`${paint(terminal, 'yellow', `  ~ ${plain(item.key)}`)}  ${item.fields.map(changeText).join('; ')}`);
    for (const key of gone) terminal.out(paint(terminal, 'red', `  - ${plain(key)}`));
  }
  if (changes.settings.length > 0) terminal.out(`${paint(terminal, 'bold', 'settings:')} ${changes.settings.map(changeText).join('; ')}`);
}

function changeText({ field, before, after }: FieldChange): string {
  return `${field}: ${plain(before ?? 'not set')} -> ${plain(after ?? 'not set')}`;
}
