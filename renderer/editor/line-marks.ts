import { Facet, RangeSet, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, keymap } from '@codemirror/view';

/** What stands beside the lines of the text. Lines count from 1. */
export interface LineMarks {
  readonly breakpoints: readonly number[];
  /** The line of the step that stands or runs now. */
  readonly current: number | undefined;
  /** Whether the run is held there. */
  readonly held: boolean;
  readonly results: ReadonlyMap<number, LineResult>;
}

export interface LineResult {
  readonly sign: string;
  readonly tone: 'good' | 'bad' | 'differs';
  /** What the sign means, in words. */
  readonly words: string;
}

export const NO_MARKS: LineMarks = { breakpoints: [], current: undefined, held: false, results: new Map() };

class Sign extends GutterMarker {
  constructor(private readonly text: string, private readonly kind: string, private readonly words: string) { super(); }

  override eq(other: Sign): boolean {
    return other.text === this.text && other.kind === this.kind && other.words === this.words;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = this.kind;
    element.textContent = this.text;
    element.title = this.words;
    return element;
  }
}

const BREAKPOINT = new Sign('●', 'cm-break', 'The scenario is held before the step on this line');
const setBreakpoints = StateEffect.define<readonly number[]>();
const setMarks = StateEffect.define<Omit<LineMarks, 'breakpoints'>>();

const breakpoints = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (before, { changes, effects, state }) => {
    let set = before.map(changes);
    for (const effect of effects) {
      if (!effect.is(setBreakpoints)) continue;
      const lines = [...new Set(effect.value)].filter((line) => line >= 1 && line <= state.doc.lines).sort((a, b) => a - b);
      set = RangeSet.of(lines.map((line) => BREAKPOINT.range(state.doc.line(line).from)));
    }
    return set;
  },
});

const marks = StateField.define<Omit<LineMarks, 'breakpoints'>>({
  create: () => NO_MARKS,
  update: (before, { effects }) => effects.reduce((now, effect) => (effect.is(setMarks) ? effect.value : now), before),
  provide: (field) => EditorView.decorations.compute([field, 'doc'], (state) => {
    const { current, held } = state.field(field);
    if (current === undefined || current > state.doc.lines) return Decoration.none;
    return Decoration.set(Decoration.line({ class: held ? 'cm-standing cm-held' : 'cm-standing' }).range(state.doc.line(current).from));
  }),
});

interface Listener {
  readonly changed: (lines: readonly number[]) => void;
  /** Lines on which steps begin, as far as is known. */
  readonly steps: () => readonly number[];
}

const listener = Facet.define<Listener>();

export function breakpointLines(view: EditorView): readonly number[] {
  const lines: number[] = [];
  view.state.field(breakpoints).between(0, view.state.doc.length, (from) => { lines.push(view.state.doc.lineAt(from).number); });
  return [...new Set(lines)];
}

/** Puts a breakpoint on the step that a line belongs to, or takes it away. */
function toggle(view: EditorView, line: number): boolean {
  const steps = view.state.facet(listener).flatMap(({ steps: known }) => known());
  const at = steps.length === 0 ? line : steps.filter((one) => one <= line).at(-1) ?? steps[0] ?? line;
  const lines = breakpointLines(view);
  view.dispatch({ effects: setBreakpoints.of(lines.includes(at) ? lines.filter((one) => one !== at) : [...lines, at]) });
  return true;
}

/** Breakpoints that are clicked or set with F9 and move with their lines, the step that stands, and what steps came to. */
export function lineMarks(heard: Listener): Extension {
  return [
    breakpoints, marks, listener.of(heard),
    gutter({
      class: 'cm-breaks',
      markers: (view) => view.state.field(breakpoints),
      initialSpacer: () => BREAKPOINT,
      domEventHandlers: {
        mousedown: (view, block, event) => {
          if (event instanceof MouseEvent && event.button !== 0) return false;
          return toggle(view, view.state.doc.lineAt(block.from).number);
        },
      },
    }),
    gutter({
      class: 'cm-results',
      initialSpacer: () => new Sign('✓', 'cm-good', ''),
      lineMarker: (view, block) => {
        const state = view.state.field(marks);
        const line = view.state.doc.lineAt(block.from).number;
        if (line === state.current) return new Sign('▶', 'cm-here', state.held ? 'The scenario is held here' : 'This step runs');
        const result = state.results.get(line);
        return result === undefined ? null : new Sign(result.sign, `cm-${result.tone}`, result.words);
      },
      lineMarkerChange: (update) => update.state.field(marks) !== update.startState.field(marks),
    }),
    keymap.of([{ key: 'F9', run: (view) => toggle(view, view.state.doc.lineAt(view.state.selection.main.head).number) }]),
    EditorView.updateListener.of((update) => {
      if (update.state.field(breakpoints) !== update.startState.field(breakpoints)) heard.changed(breakpointLines(update.view));
    }),
  ];
}

/** Shows other marks; the line that a run now stands at is brought into view. */
export function showMarks(view: EditorView, shown: LineMarks): void {
  const before = view.state.field(marks);
  const effects: StateEffect<unknown>[] = [setMarks.of(shown)];
  if (shown.breakpoints.join() !== breakpointLines(view).join()) effects.push(setBreakpoints.of(shown.breakpoints));
  const { current } = shown;
  if (current !== undefined && current !== before.current && current <= view.state.doc.lines) effects.push(EditorView.scrollIntoView(view.state.doc.line(current).from, { y: 'center' }));
  view.dispatch({ effects });
}
