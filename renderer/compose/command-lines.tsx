import { useRef, useState } from 'react';
import { Button } from '../ui/button';
import css from './others.module.css';

/** Command lines to be copied whole, each a paragraph of its own however long it is. */
export function CommandLines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const [told, setTold] = useState('');
  const shown = useRef<HTMLDivElement>(null);
  const copy = (): void => {
    if (shown.current === null) return;
    // The page has no permission for the clipboard, and needs none for what is selected.
    getSelection()?.selectAllChildren(shown.current);
    setTold(document.execCommand('copy') ? 'Copied.' : 'Selected: copy it with Ctrl+C.');
  };
  return (
    <section className={css.commands} aria-label={title}>
      <header className={css.commandsHead}>
        <h3 className={css.commandsTitle}>{title}</h3>
        <span role="status" className={css.told}>{told}</span>
        <Button look="quiet" name={`Copy: ${title}`} onPress={copy}>Copy</Button>
      </header>
      <div ref={shown} className={css.lines}>{lines.map((line) => <p key={line} className={css.line}>{line}</p>)}</div>
    </section>
  );
}
