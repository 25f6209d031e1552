import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ScenarioCheck } from '../../preload/contract/scenario';
import { assistance, offsetOf, showProblems, type Assistant } from './assistance';
import { lineMarks, showMarks, type LineMarks } from './line-marks';
import { LOOKS } from './theme';
import css from './editor.module.css';

interface ScenarioEditorProps {
  /** What a screen reader calls it. */
  readonly name: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problems: ScenarioCheck['problems'];
  readonly marks: LineMarks;
  /** Lines on which steps begin, as far as is known: a breakpoint goes to one of them. */
  readonly steps: readonly number[];
  readonly onBreakpoints: (lines: readonly number[]) => void;
  readonly assistant: Assistant;
  /** Where the person wants to be taken; another object takes them there again. */
  readonly goTo: { readonly line: number; readonly column: number } | undefined;
}

/** Keys of the window that are another thing in a text. With Ctrl they stay the window's, but for these. */
const TEXT_KEYS = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'home', 'end', 'arrowleft', 'arrowright', 'backspace', 'delete', ' ']);

/**
 * The text of a scenario, with its colours, mistakes, completions and what stands beside its lines. It lives in a shadow
 * root: there its styles are adopted sheets, which need no exception from `style-src 'self'`.
 */
export default function ScenarioEditor(props: ScenarioEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  // What the editor calls is what was given last, and not what it was made with.
  const latest = useRef(props);
  useLayoutEffect(() => { latest.current = props; });
  const { name, text, problems, marks, goTo } = props;

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true });
    const made = new EditorView({
      root, parent: root,
      state: EditorState.create({ doc: latest.current.text, extensions: extensions(latest) }),
    });
    view.current = made;
    const keepKeys = (event: KeyboardEvent): void => {
      const combined = event.ctrlKey || event.metaKey || event.altKey;
      if (combined ? TEXT_KEYS.has(event.key.toLowerCase()) : !/^F\d+$/.test(event.key)) event.stopPropagation();
    };
    element.addEventListener('keydown', keepKeys);
    return () => {
      element.removeEventListener('keydown', keepKeys);
      made.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && editor.state.doc.toString() !== text) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => { if (view.current !== undefined) showProblems(view.current, problems); }, [problems]);
  useEffect(() => { if (view.current !== undefined) showMarks(view.current, marks); }, [marks]);
  useEffect(() => { view.current?.contentDOM.setAttribute('aria-label', name); }, [name]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || goTo === undefined) return;
    const at = offsetOf(editor.state.doc, goTo.line, goTo.column);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  }, [goTo]);

  return <div ref={host} className={css.host} />;
}

function extensions(latest: { readonly current: ScenarioEditorProps }) {
  return [
    lineMarks({ changed: (lines) => latest.current.onBreakpoints(lines), steps: () => latest.current.steps }),
    lineNumbers(), history(), yaml(), indentUnit.of('  '), EditorState.tabSize.of(2), bracketMatching(), closeBrackets(), EditorView.lineWrapping, LOOKS,
    assistance({
      complete: (question) => latest.current.assistant.complete(question),
      explain: (question) => latest.current.assistant.explain(question),
      openPage: (address) => latest.current.assistant.openPage(address),
    }),
    EditorView.contentAttributes.of({ 'tabindex': '0', 'aria-label': latest.current.name, 'aria-description': 'Escape, then Tab leaves the text. F9 sets a breakpoint.' }),
    EditorView.updateListener.of((update) => { if (update.docChanged) latest.current.onChange(update.state.doc.toString()); }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
  ];
}
