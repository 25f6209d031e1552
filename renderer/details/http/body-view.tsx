import { useMemo, useState } from 'react';
import { assertUnreachable } from '../../../preload/contract/result';
import type { HttpBody, HttpBodyPart } from '../../../preload/contract/http-exchange';
import { beginningOf, shownParts, waysOf, type BodyWay } from '../../model/http/body-ways';
import { bodyText } from '../../model/http/body-text';
import { imageType, mediaType, type MediaType } from '../../model/http/media-type';
import { formPairs } from '../../model/http/percent';
import { formatCount } from '../../model/time-scale';
import { Button } from '../../ui/button';
import { Segments } from '../../ui/segments';
import { HexView, TextView } from './byte-views';
import { ImageView } from './image-view';
import { JsonView } from './json-view';
import { MultipartView } from './multipart-view';
import { PairTable } from './pair-table';
import { TitledPart } from './titled-part';
import css from './body.module.css';

const WAY_WORDS: Readonly<Record<BodyWay, string>> = { json: 'JSON', form: 'Form', multipart: 'Parts', image: 'Image', text: 'Text', hex: 'Hex' };

interface BodyViewProps {
  readonly of: 'request' | 'response';
  readonly body: HttpBody;
  /** Its Content-Type, where that is known. */
  readonly type: string | undefined;
  readonly onCopy: () => void;
}

/** The bytes of a message, in the way that its type asks for, or in another one. */
export function BodyView({ of, body, type, onCopy }: BodyViewProps) {
  const [chosen, setChosen] = useState<BodyWay | undefined>(undefined);
  const [asSent, setAsSent] = useState(false);
  const { decoded } = body;
  const parts = useMemo(() => shownParts(body, asSent), [body, asSent]);
  const media = useMemo(() => mediaType(type), [type]);
  const ways = waysOf(beginningOf(parts), media);
  const way = chosen !== undefined && ways.includes(chosen) ? chosen : ways[0] ?? 'hex';
  if (body.size === 0) return <TitledPart title="Body" note={body.note ?? emptyWords(of, body)} />;
  return (
    <TitledPart title="Body" note={body.note} actions={<Button look="quiet" name={`Copy the body of the ${of}`} onPress={onCopy}>Copy</Button>}>
      <p className={css.measure}>{[`${formatCount(body.size)} bytes${body.ended ? '' : ' so far'}`, media.type, ...missingWords(body.parts)].filter((words) => words !== '').join(' · ')}</p>
      <div className={css.ways}>
        <Segments name="Body as" choices={ways.map((id) => ({ id, label: WAY_WORDS[id] }))} chosen={way} onChoose={setChosen} />
        {decoded !== undefined && decoded.problem === undefined && (
          <Segments name="Coding" choices={[{ id: 'decoded', label: 'Decoded' }, { id: 'sent', label: decoded.coding.slice(0, 24) }]} chosen={asSent ? 'sent' : 'decoded'} onChoose={(id) => setAsSent(id === 'sent')} />
        )}
      </div>
      {decoded?.problem !== undefined && <p className={css.wrong}>{decoded.problem}</p>}
      <Shown way={way} parts={parts} media={media} />
    </TitledPart>
  );
}

function Shown({ way, parts, media }: { readonly way: BodyWay; readonly parts: readonly HttpBodyPart[]; readonly media: MediaType }) {
  const beginning = beginningOf(parts);
  const gap = parts.find((part) => part.kind === 'gap');
  switch (way) {
    case 'json': return <JsonView text={bodyText(beginning, media, gap !== undefined).text} cut={gap !== undefined} />;
    case 'form': return <PairTable name="Form" pairs={formPairs(bodyText(beginning, media).text)} />;
    case 'multipart': return <MultipartView bytes={beginning} boundary={media.parameters.get('boundary')} />;
    case 'image': return <ImageView bytes={beginning} type={imageType(beginning) ?? ''} cut={gap !== undefined} />;
    case 'text': return <TextView parts={parts} media={media} />;
    case 'hex': return <HexView parts={parts} />;
    default: return assertUnreachable(way);
  }
}

function emptyWords(of: 'request' | 'response', { ended }: HttpBody): string {
  return ended || of === 'request' ? 'It has none.' : 'Nothing of it has come.';
}

function missingWords(parts: readonly HttpBodyPart[]): readonly string[] {
  const missing = parts.reduce((sum, part) => (part.kind === 'gap' && part.why !== 'beyond' ? sum + part.length : sum), 0);
  return missing === 0 ? [] : [`${formatCount(missing)} not recorded`];
}
