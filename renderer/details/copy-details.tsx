import { CommandButton } from '../commands/command-button';
import css from './details.module.css';

/** What the pane shows, for use elsewhere. */
export function CopyDetails() {
  return (
    <div className={css.copies} role="group" aria-label="Copy">
      <span className={css.copiesLabel} aria-hidden="true">Copy</span>
      <CommandButton command="copy-text" label="Text" look="quiet" />
      <CommandButton command="copy-json" label="JSON" look="quiet" />
      <CommandButton command="copy-code" label="Code…" look="quiet" />
    </div>
  );
}
