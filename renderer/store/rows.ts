import { useMemo } from 'react';
import { RowIndex } from '../model/row-index';
import type { RowList } from '../model/rows';
import { useApp } from './state';

/** The rows of the tree as they stand. */
export function useRows(): RowList {
  const forest = useApp((state) => state.forest);
  // It follows the changes of its forest; another recording brings another one.
  const index = useMemo(() => new RowIndex(forest), [forest]);
  const revision = useApp((state) => state.revision);
  const collapsed = useApp((state) => state.collapsed);
  const liveOnly = useApp((state) => state.liveOnly);
  const filter = useApp((state) => state.filter);
  const found = useApp((state) => state.filterFound);
  const asOf = useApp((state) => state.asOf);
  // The forest changes in place: its revision says when.
  // oxlint-disable-next-line react/exhaustive-deps -- the revision stands for what the index has heard of
  return useMemo(() => index.update({ collapsed, liveOnly, filter, found, asOf }), [index, revision, collapsed, liveOnly, filter, found, asOf]);
}
