// What helps while writing and is not needed for the first look: completion, meanings of keys, brackets in pairs, search.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { type Extension, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { type Knowledge, completeRunbook, explainKeys } from './complete-runbook.ts';

export function codeHelp(knowledge: () => Knowledge): Extension {
  return [
    closeBrackets(),
    highlightSelectionMatches(),
    autocompletion({ override: [completeRunbook(knowledge)], icons: false }),
    explainKeys(knowledge),
    // It joins an editor that has its keys already, and Enter and Tab mean a completion first.
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }, ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap])),
  ];
}
