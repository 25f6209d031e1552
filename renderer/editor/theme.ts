import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The window's own colours: they come into the shadow root as custom properties. */
const LOOK = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface-0)', color: 'var(--text-1)', fontSize: 'var(--small-size)' },
  // Over the gutter too, which an outline would go below.
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused::after': { content: '""', position: 'absolute', inset: '0', zIndex: '300', border: '2px solid var(--accent)', pointerEvents: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px', overflow: 'auto' },
  '.cm-scroller::-webkit-scrollbar': { width: '12px', height: '12px' },
  '.cm-scroller::-webkit-scrollbar-thumb': { border: '3px solid transparent', borderRadius: '6px', background: 'color-mix(in srgb, var(--text-3) 45%, transparent) content-box' },
  '.cm-scroller::-webkit-scrollbar-thumb:hover': { background: 'var(--text-3) content-box' },
  '.cm-content': { caretColor: 'var(--text-1)', padding: '4px 0' },
  '.cm-gutters': { backgroundColor: 'var(--surface-1)', color: 'var(--text-3)', border: 'none', borderRight: '1px solid var(--line)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '20px' },
  '.cm-breaks .cm-gutterElement': { width: '16px', textAlign: 'center', cursor: 'pointer' },
  '.cm-breaks .cm-gutterElement:hover': { backgroundColor: 'var(--hover)' },
  '.cm-results .cm-gutterElement': { width: '18px', textAlign: 'center' },
  '.cm-break': { color: 'var(--bad)' },
  '.cm-here': { color: 'var(--accent)' },
  '.cm-good': { color: 'var(--good)' },
  '.cm-bad': { color: 'var(--bad)' },
  '.cm-differs': { color: 'var(--closing)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-standing': { backgroundColor: 'var(--surface-2)' },
  '.cm-held': { backgroundColor: 'var(--selection)', boxShadow: 'inset 2px 0 var(--accent)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface-2)', color: 'var(--text-1)', border: '1px solid var(--line)', borderRadius: 'var(--radius)', boxShadow: 'var(--shadow)' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '200px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '20px', display: 'flex', gap: '12px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--selection)', color: 'var(--text-1)' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', fontFamily: 'var(--font)', color: 'var(--text-3)', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '220px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'var(--text-1)' },
  '.cm-diagnostic': { padding: '4px 8px', fontFamily: 'var(--font)', maxWidth: '440px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '3px' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--bad)' },
  '.cm-help': { padding: '6px 10px', maxWidth: '420px', fontFamily: 'var(--font)', whiteSpace: 'pre-wrap', lineHeight: '18px' },
  '.cm-help strong': { display: 'block', fontFamily: 'var(--mono)', fontWeight: '600' },
  '.cm-help button': { marginTop: '4px', padding: '0', border: '0', background: 'none', color: 'var(--accent)', font: 'inherit', cursor: 'pointer', textDecoration: 'underline' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--surface-3)', outline: '1px solid var(--line-strong)' },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: [tags.string, tags.attributeValue, tags.content], color: 'var(--text-1)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.bool, tags.number, tags.null], color: 'var(--send)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--text-2)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

export const LOOKS: Extension = [LOOK, syntaxHighlighting(COLOURS)];
