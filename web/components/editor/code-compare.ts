// Two texts as one with what was taken out and what was put in; unchanged stretches are folded away.
import { yaml } from '@codemirror/lang-yaml';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { codeLooks } from './code-view.ts';

/** Lines around a change that stay in sight. */
const CONTEXT_LINES = 3;
/** Fewer unchanged lines than this are not worth folding. */
const LEAST_FOLDED = 6;

/** Puts the comparison into the element, for reading only. The caller destroys it. */
export function createCompareView(
  host: HTMLElement,
  texts: { readonly before: string; readonly after: string; readonly label: string; readonly unchangedLines: string },
): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  return new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: texts.after,
      extensions: [
        lineNumbers(),
        EditorState.phrases.of({ '$ unchanged lines': texts.unchangedLines }),
        yaml(),
        codeLooks(),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': texts.label, 'aria-readonly': 'true', tabindex: '0' }),
        EditorView.lineWrapping,
        unifiedMergeView({
          original: texts.before,
          mergeControls: false,
          collapseUnchanged: { margin: CONTEXT_LINES, minSize: LEAST_FOLDED },
        }),
      ],
    }),
  });
}
