import { markHits } from '../model/gallery-search';
import css from './gallery.module.css';

/** A text in which what was searched for is marked. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return (
    <>
      {markHits(text, words).map(({ text: piece, hit }, index) => (
        // Pieces have no name of their own, and stand in their order.
        hit ? <mark key={index} className={css.mark}>{piece}</mark> : piece
      ))}
    </>
  );
}
