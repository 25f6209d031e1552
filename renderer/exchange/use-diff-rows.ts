import { useEffect, useRef, useState } from 'react';
import type { DiffRow } from '../../preload/contract/comparison';
import { askComparedRows } from '../store/questions';

const PAGE = 200;
/** Pages kept: those about the view, and some that one comes back to. */
const KEPT = 30;

export interface DiffRows {
  readonly total: number;
  /** Undefined until it has been fetched. */
  readonly at: (index: number) => DiffRow | undefined;
}

/** The rows of a comparison as they are needed. @param first and `last` bound what is on the screen */
export function useDiffRows(differing: boolean, total: number, first: number, last: number): DiffRows {
  const pages = useRef(new Map<string, readonly DiffRow[]>());
  const [, setVersion] = useState(0);
  useEffect(() => {
    const fetchPage = async (page: number): Promise<void> => {
      const key = `${differing} ${page}`;
      if (pages.current.has(key)) return;
      // Known to be asked for: not asked twice.
      pages.current.set(key, []);
      const answer = await askComparedRows({ offset: page * PAGE, count: PAGE, differing });
      if (answer.ok) pages.current.set(key, answer.value.rows);
      else pages.current.delete(key);
      for (const old of pages.current.keys()) if (pages.current.size > KEPT && old !== key) pages.current.delete(old);
      // Also when another stretch is looked at by now: its rows may be of this page, which is not asked for twice.
      setVersion((version) => version + 1);
    };
    for (let page = Math.floor(first / PAGE); page <= Math.floor(Math.max(first, last - 1) / PAGE); page += 1) void fetchPage(page);
  }, [differing, first, last]);
  return { total, at: (index) => pages.current.get(`${differing} ${Math.floor(index / PAGE)}`)?.[index % PAGE] };
}
