import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import { hoverTooltip, type EditorView } from '@codemirror/view';
import type { ScenarioCheck, ScenarioCompletions, ScenarioHelp, ScenarioOption, ScenarioQuestion } from '../../preload/contract/scenario';

/** What the editor asks of main. */
export interface Assistant {
  readonly complete: (question: ScenarioQuestion) => Promise<ScenarioCompletions | undefined>;
  readonly explain: (question: ScenarioQuestion) => Promise<ScenarioHelp | undefined>;
  readonly openPage: (address: string) => void;
}

const TYPES: Readonly<Record<ScenarioOption['kind'], string>> = {
  key: 'keyword', function: 'function', parameter: 'property', constant: 'constant', name: 'variable', value: 'text',
};
/** As many as main answers at most: then there may be others once more is written. */
const WHOLE_ANSWER = 200;

async function completions(assistant: Assistant, context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[$\w.-]+/);
  // Typing into nothing asks for nothing; Ctrl+Space does.
  if (word === null && !context.explicit) return null;
  const found = await assistant.complete({ text: context.state.doc.toString(), offset: context.pos });
  if (found === undefined || found.options.length === 0) return null;
  return {
    from: found.from,
    options: found.options.map((option) => completion(option, context.state.sliceDoc(context.pos, context.pos + 1) === ':')),
    ...(found.options.length < WHOLE_ANSWER ? { validFor: /^[$\w.-]*$/ } : {}),
  };
}

function completion({ label, kind, detail }: ScenarioOption, colon: boolean): Completion {
  return { label, type: TYPES[kind], detail, ...((kind === 'key' || kind === 'parameter') && !colon ? { apply: `${label}: ` } : {}) };
}

export function assistance(assistant: Assistant): Extension {
  return [
    autocompletion({ override: [(context) => completions(assistant, context)], icons: false }),
    hoverTooltip(async (view, position) => {
      const help = await assistant.explain({ text: view.state.doc.toString(), offset: position });
      return help === undefined ? null : { pos: help.from, end: help.to, create: () => ({ dom: helpElement(help, assistant) }) };
    }),
  ];
}

function helpElement({ title, text, page }: ScenarioHelp, { openPage }: Assistant): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cm-help';
  const name = document.createElement('strong');
  name.textContent = title;
  element.append(name, text);
  if (page !== undefined) {
    const link = document.createElement('button');
    link.type = 'button';
    link.textContent = 'Its page in Microsoft’s reference';
    link.addEventListener('click', () => openPage(page));
    element.append(document.createElement('br'), link);
  }
  return element;
}

/** Where a line and a column, both from 1, are in a text that may have changed since. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}

/** Underlines the word that each problem begins at. */
export function showProblems(view: EditorView, problems: ScenarioCheck['problems']): void {
  const { state } = view;
  const diagnostics = problems.map(({ line, column, message }): Diagnostic => {
    const from = offsetOf(state.doc, line, column);
    const word = /^(?:"[^"\n]*"?|'[^'\n]*'?|[$\w./-]+)/.exec(state.sliceDoc(from, state.doc.lineAt(from).to))?.[0] ?? '';
    return { from, to: from + word.length, severity: 'error', message };
  });
  view.dispatch(setDiagnostics(state, diagnostics));
}
