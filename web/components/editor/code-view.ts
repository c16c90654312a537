// The text editor: CodeMirror in a shadow root, where its styles are allowed under the page's content policy.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension, StateEffect } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Knowledge } from './complete-runbook.ts';

export interface CodeViewOptions {
  readonly host: HTMLElement;
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  readonly knowledge: () => Knowledge;
  readonly onChange: (text: string) => void;
}

/** Puts the editor into the element. The caller destroys it. */
export function createCodeView({ host, text, label, knowledge, onChange }: CodeViewOptions): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const editor = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        highlightActiveLine(),
        yaml(),
        codeLooks(),
        lintGutter(),
        keymap.of([
          { key: 'Tab', run: (view) => hasSelection(view) && indentMore(view), shift: indentLess },
          ...foldKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        // It can be focused without it, but not every checker knows that.
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  void addHelp(editor, knowledge);
  return editor;
}

/** Nobody completes or searches in the first moment: that comes after the page. */
async function addHelp(view: EditorView, knowledge: () => Knowledge): Promise<void> {
  const { codeHelp } = await import('./code-help.ts');
  if (view.dom.isConnected) view.dispatch({ effects: StateEffect.appendConfig.of(codeHelp(knowledge)) });
}

/** Tab leaves the editor unless there is something to complete or to indent: nobody is caught in it. */
function hasSelection(view: EditorView): boolean {
  return !view.state.selection.main.empty;
}

export interface ShownProblem {
  readonly line: number | null;
  readonly column: number | null;
  readonly isError: boolean;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Underlines the problems where they stand: the word at the place, or the rest of the line. */
export function showProblems(view: EditorView, problems: readonly ShownProblem[]): void {
  const { doc } = view.state;
  const diagnostics = problems.map((problem): Diagnostic => {
    const line = doc.line(Math.min(Math.max(problem.line ?? 1, 1), doc.lines));
    const from = Math.min(line.from + Math.max(0, (problem.column ?? 1) - 1), line.to);
    const word = /^[\w.$-]+/.exec(doc.sliceString(from, line.to))?.[0].length ?? 0;
    const to = word > 0 ? from + word : line.to;
    return { from, to, severity: problem.isError ? 'error' : 'warning', message: `${problem.message} ${problem.remedy}`, source: problem.code };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** Puts the cursor at a place and shows it. */
export function goToPlace(view: EditorView, line: number, column: number): void {
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  const position = Math.min(at.from + Math.max(0, column - 1), at.to);
  view.dispatch({ selection: { anchor: position }, effects: EditorView.scrollIntoView(position, { y: 'center' }) });
  view.focus();
}

/** Our tokens as the editor's looks; they follow the theme by themselves. */
export function codeLooks(): Extension {
  return [
    EditorView.theme({
      '&': { height: '100%', backgroundColor: 'var(--bg)', color: 'var(--text)', font: 'var(--code)' },
      '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
      '.cm-scroller': { font: 'var(--code)', overflow: 'auto' },
      '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
      '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
      '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
      '.cm-activeLine': { backgroundColor: 'color-mix(in oklab, var(--hover) 60%, transparent)' },
      '.cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
        background: 'color-mix(in oklab, var(--accent) 30%, transparent)',
      },
      '.cm-selectionMatch': { backgroundColor: 'color-mix(in oklab, var(--warn) 25%, transparent)' },
      '.cm-matchingBracket': { outline: '1px solid var(--control)', backgroundColor: 'transparent' },
      '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--bg)', color: 'var(--text)', border: '1px solid var(--control)', font: 'var(--body)' },
      '.cm-tooltip': { borderRadius: '6px', maxWidth: 'min(480px, 90vw)' },
      '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', minHeight: '24px', lineHeight: '20px' },
      '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-ink)' },
      '.cm-completionInfo': { padding: '6px 8px' },
      '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.85' },
      '.cm-diagnostic': { padding: '6px 8px' },
      '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
      '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
      '.cm-diagnosticSource': { opacity: '1', color: 'var(--muted)' },
      '.explanation': { padding: '6px 8px' },
      '.explanation code': { font: 'var(--code)', fontWeight: '600' },
      '.cm-foldPlaceholder': { backgroundColor: 'var(--hover)', border: '1px solid var(--control)', color: 'var(--text)' },
      '.cm-textfield, .cm-button': { background: 'var(--bg)', color: 'var(--text)', border: '1px solid var(--control)', font: 'var(--body)' },
      // Faint, so that every ink of the text keeps its contrast; what exactly differs is underlined.
      '.cm-changedLine, .cm-insertedLine, ins.cm-insertedLine': { backgroundColor: 'color-mix(in oklab, var(--ok) 8%, transparent)' },
      '.cm-deletedChunk': { backgroundColor: 'color-mix(in oklab, var(--bad) 8%, transparent)' },
      '.cm-changedText, .cm-insertedLine .cm-changedText': { background: 'none', borderBottom: '2px solid var(--ok)' },
      '.cm-deletedChunk .cm-deletedText': { background: 'none', borderBottom: '2px solid var(--bad)' },
      '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '""' },
      '.cm-collapsedLines': { background: 'var(--surface)', color: 'var(--accent)', padding: '4px 8px' },
    }),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
        { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
        { tag: [tags.number, tags.bool, tags.keyword, tags.null], color: 'var(--wait)' },
        { tag: [tags.comment, tags.lineComment], color: 'var(--muted)', fontStyle: 'italic' },
        { tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket, tags.brace], color: 'var(--muted)' },
      ]),
    ),
  ];
}
