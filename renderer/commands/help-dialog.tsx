import { COMMAND_CATALOG } from '../../preload/contract/command-catalog';
import { keyLabel } from '../model/keys';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import css from './help-dialog.module.css';

const TIMELINE_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['W S', 'Zoom in, out'], ['A D', 'Pan to earlier, later'], ['← →', 'Pan; with Shift by half a view'], ['↑ ↓', 'Choose a lane'],
  ['Home', 'Go to the start'], ['End', 'Follow live time'], ['Wheel', 'Zoom to the pointer'], ['Shift+Wheel', 'Scroll the lanes'], ['Shift+Drag', 'Mark a stretch of time'], ['Double click', 'Fit the handle'],
];

const MINIMAP_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['← →', 'Move the view; with Shift by half of it'], ['PgUp PgDn', 'Move it by its length'], ['Home End', 'To the start, to the end of the trace'], ['+ −', 'Shorten, lengthen it'],
];

const TREE_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['↑ ↓', 'Previous, next handle'], ['← →', 'Close or open a branch, go to the parent or a child'], ['Home End', 'First, last handle'],
  ['*', 'Open all branches beside this one'], ['a … z', 'Go to the handle that begins so'], ['Menu', 'Commands for the handle'],
];

/** Every command with its keys, from the same list as the menus. */
export default function HelpDialog() {
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog
      title="Keys"
      size="large"
      scrolls
      onClose={leave}
      footer={<Button focusFirst onPress={leave}>Done</Button>}
    >
      <div className={css.columns}>
        <Keys title="Commands" keys={COMMAND_CATALOG.flatMap(({ keys, title }) => (keys === undefined ? [] : [[keyLabel(keys), title.replace('…', '')] as const]))} />
        <div>
          <Keys title="On the timeline" keys={TIMELINE_KEYS} />
          <Keys title="On the minimap" keys={MINIMAP_KEYS} />
          <Keys title="In the tree" keys={TREE_KEYS} />
        </div>
      </div>
    </Dialog>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [keys: string, does: string])[] }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{title}</h3>
      <dl className={css.list}>
        {keys.map(([key, does]) => (
          <div key={`${key}${does}`} className={css.entry}>
            <dt><kbd className={css.key}>{key}</kbd></dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
