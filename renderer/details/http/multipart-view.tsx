import { useMemo } from 'react';
import { bodyText } from '../../model/http/body-text';
import { waysOf } from '../../model/http/body-ways';
import { imageType, mediaType } from '../../model/http/media-type';
import { multipartOf, type MultipartPart } from '../../model/http/multipart';
import { formatCount } from '../../model/time-scale';
import { HexView, TextView } from './byte-views';
import { ImageView } from './image-view';
import { JsonView } from './json-view';
import css from './body.module.css';

/** Each part of a multipart body with its own head and bytes. */
export function MultipartView({ bytes, boundary }: { readonly bytes: Uint8Array; readonly boundary: string | undefined }) {
  const { parts, problem } = useMemo(() => multipartOf(bytes, boundary), [bytes, boundary]);
  return (
    <>
      {parts.map((part, place) => <Part key={place} part={part} place={place} />)}
      {problem !== undefined && <p className={css.wrong}>{problem}</p>}
    </>
  );
}

function Part({ part: { fields, bytes }, place }: { readonly part: MultipartPart; readonly place: number }) {
  const valueOf = (name: string): string | undefined => fields.find((field) => field.name.toLowerCase() === name)?.value;
  const disposition = mediaType(valueOf('content-disposition')).parameters;
  const media = mediaType(valueOf('content-type'));
  const [way] = waysOf(bytes, media);
  const parts = [{ kind: 'bytes', at: 0, bytes } as const];
  return (
    <section className={css.multipart} aria-label={`Part ${place + 1}`}>
      <p className={css.partName}>{disposition.get('name') ?? `Part ${place + 1}`}{disposition.has('filename') ? ` · ${disposition.get('filename') ?? ''}` : ''}</p>
      <p className={css.measure}>{[`${formatCount(bytes.length)} bytes`, media.type].filter((words) => words !== '').join(' · ')}</p>
      {way === 'image' ? <ImageView bytes={bytes} type={imageType(bytes) ?? ''} cut={false} />
        : way === 'json' ? <JsonView text={bodyText(bytes, media).text} cut={false} />
          : way === 'hex' ? <HexView parts={parts} /> : <TextView parts={parts} media={media} />}
    </section>
  );
}
