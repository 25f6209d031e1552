import { useMemo, useState } from 'react';
import { dataUrl } from '../../model/http/media-type';
import css from './body.module.css';

/** A picture, drawn by the browser from its bytes. What it cannot draw is said. */
export function ImageView({ bytes, type, cut }: { readonly bytes: Uint8Array; readonly type: string; readonly cut: boolean }) {
  const url = useMemo(() => dataUrl(type, bytes), [type, bytes]);
  const [seen, setSeen] = useState<{ readonly url: string; readonly words: string; readonly bad: boolean } | undefined>(undefined);
  const said = seen?.url === url ? seen : undefined;
  return (
    <figure className={css.figure}>
      <img
        className={css.image}
        src={url}
        alt={`The body, ${type}`}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSeen({ url, words: `${type} · ${naturalWidth} × ${naturalHeight} pixels`, bad: false })}
        onError={() => setSeen({ url, words: cut ? `The bytes begin like ${type}, and the record has not all of them.` : `The bytes begin like ${type}, and are damaged: they cannot be drawn.`, bad: true })}
      />
      <figcaption className={said?.bad === true ? css.wrong : css.measure}>{said?.words ?? type}</figcaption>
    </figure>
  );
}
