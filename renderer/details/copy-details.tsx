import type { DetailsTarget } from '../../preload/contract/query';
import { CommandButton } from '../commands/command-button';
import { copyDetails } from '../store/copying';
import { Button } from '../ui/button';
import css from './details.module.css';

/** What the pane shows, for use elsewhere. */
export function CopyDetails({ target }: { readonly target: DetailsTarget }) {
  return (
    <div className={css.copies} role="group" aria-label="Copy">
      <span className={css.copiesLabel} aria-hidden="true">Copy</span>
      <Button look="quiet" name="Copy the details as text" onPress={() => void copyDetails(target, 'text')}>Text</Button>
      <Button look="quiet" name="Copy the details as JSON" onPress={() => void copyDetails(target, 'json')}>JSON</Button>
      <CommandButton command="copy-code" label="Code…" look="quiet" />
    </div>
  );
}
