import { pages } from 'manual:pages';
import { useEffect, useRef, useState } from 'react';
import type { ManualPage, ManualPlace } from '../model/manual';
import { searchManual } from '../model/manual-search';
import { closeManual, readOn } from '../store/manual';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { ManualContents, ManualHits } from './manual-contents';
import { ManualPageView } from './manual-page';
import css from './manual.module.css';

/** docs/manual inside the window: contents, search, pages, and commands to try. */
export default function ManualDialog() {
  const place = useApp((state) => state.manual);
  const [wanted, setWanted] = useState('');
  const at = Math.max(0, pages.findIndex(({ id }) => id === place?.page));
  const page = pages[at];
  if (page === undefined || place === undefined) return undefined;
  const before = pages[at - 1];
  const after = pages[at + 1];
  const go = (id: string): void => readOn({ page: id, section: undefined });
  return (
    <Dialog
      title="Manual"
      size="large"
      onClose={closeManual}
      footer={(
        <>
          <span className={css.turn}>
            {before !== undefined && <Button look="quiet" onPress={() => go(before.id)}>{`‹ ${before.title}`}</Button>}
            {after !== undefined && <Button look="quiet" onPress={() => go(after.id)}>{`${after.title} ›`}</Button>}
          </span>
          <Button onPress={closeManual}>Close</Button>
        </>
      )}
    >
      <div className={css.columns}>
        <div className={css.side}>
          <Field label="Search the manual" focusFirst value={wanted} onChange={setWanted} />
          {wanted.trim() === '' ? <ManualContents pages={pages} shown={page.id} onChoose={go} /> : <ManualHits hits={searchManual(pages, wanted)} wanted={wanted} onChoose={readOn} />}
        </div>
        <Reader page={page} place={place} />
      </div>
    </Dialog>
  );
}

/** A page from its beginning, or from the heading that was asked for. */
function Reader({ page, place }: { readonly page: ManualPage; readonly place: ManualPlace }) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const heading = place.section === undefined ? undefined : scroller.current?.querySelector(`[id="${place.section}"]`);
    if (heading instanceof HTMLElement) heading.scrollIntoView();
    else scroller.current?.scrollTo({ top: 0 });
  }, [place]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
    <div ref={scroller} className={css.reader} role="region" aria-label={page.title} tabIndex={0}>
      <ManualPageView page={page} />
    </div>
  );
}
