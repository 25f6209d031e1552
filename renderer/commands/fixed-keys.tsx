import css from './help-dialog.module.css';

type Keys = readonly (readonly [keys: string, does: string])[];

const TIMELINE_KEYS: Keys = [
  ['W S', 'Zoom in, out'], ['A D', 'Pan to earlier, later'], ['← →', 'Pan; with Shift by half a view'], ['↑ ↓', 'Choose a lane'],
  ['Home', 'Go to the start'], ['End', 'Follow live time'], ['Wheel', 'Zoom to the pointer'], ['Shift+Wheel', 'Scroll the lanes'], ['Shift+Drag', 'Mark a stretch of time'], ['Double click', 'Fit the handle'],
];

const MINIMAP_KEYS: Keys = [
  ['← →', 'Move the view; with Shift by half of it'], ['PgUp PgDn', 'Move it by its length'], ['Home End', 'To the start, to the end of the trace'], ['+ −', 'Shorten, lengthen it'],
];

const TREE_KEYS: Keys = [
  ['↑ ↓', 'Previous, next handle'], ['← →', 'Close or open a branch, go to the parent or a child'], ['Home End', 'First, last handle'],
  ['*', 'Open all branches beside this one'], ['a … z', 'Go to the handle that begins so'], ['Menu', 'Commands for the handle'],
];

/** The keys that the panes have for themselves, and no command can take. */
export function FixedKeys() {
  return (
    <section aria-label="Keys of the panes">
      <Group title="On the timeline" keys={TIMELINE_KEYS} />
      <Group title="On the minimap" keys={MINIMAP_KEYS} />
      <Group title="In the tree" keys={TREE_KEYS} />
    </section>
  );
}

function Group({ title, keys }: { readonly title: string; readonly keys: Keys }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{title}</h3>
      <dl>
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
