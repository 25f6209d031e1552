import { useState, type ReactNode } from 'react';
import type { HttpBodyPart, HttpGap } from '../../../preload/contract/http-exchange';
import { bodyText } from '../../model/http/body-text';
import { upTo, type ShownBytes } from '../../model/http/body-ways';
import type { MediaType } from '../../model/http/media-type';
import { byteLines, dumpText } from '../../../preload/contract/hex-dump';
import { formatCount } from '../../model/time-scale';
import { Button } from '../../ui/button';
import css from './body.module.css';

const GAP_WORDS: Readonly<Record<HttpGap, string>> = {
  'cut': 'are not in the record: it keeps the first 64 KB of a body, and of each buffer after that 256 bytes',
  'from-file': 'are not in the record: they came from a file or the response cache',
  'beyond': 'are not shown: only the first megabyte is',
};

/** Bytes drawn at once; a long body is asked for bit by bit. */
const FIRST_TEXT = 64 * 1024;
const FIRST_HEX = 4 * 1024;

/** A body as text, with its gaps where they are. */
export function TextView({ parts, media }: { readonly parts: readonly HttpBodyPart[]; readonly media: MediaType }) {
  return <Bytes parts={parts} first={FIRST_TEXT} renderBytes={({ bytes, cut }) => <TextPart bytes={bytes} media={media} cut={cut} />} />;
}

function TextPart({ bytes, media, cut }: { readonly bytes: Uint8Array; readonly media: MediaType; readonly cut: boolean }) {
  const { text, note } = bodyText(bytes, media, cut);
  return (
    <>
      <pre className={css.text}>{text}</pre>
      {note !== undefined && <p className={css.wrong}>{note}</p>}
    </>
  );
}

/** A body as a dump: offset, bytes, and what they are as ASCII. */
export function HexView({ parts }: { readonly parts: readonly HttpBodyPart[] }) {
  return <Bytes parts={parts} first={FIRST_HEX} renderBytes={({ bytes, at }) => <HexPart bytes={bytes} at={at} />} />;
}

function HexPart({ bytes, at }: { readonly bytes: Uint8Array; readonly at: number }) {
  return <pre className={css.hex}>{dumpText(byteLines(bytes, 8, at))}</pre>;
}

interface BytesProps {
  readonly parts: readonly HttpBodyPart[];
  readonly first: number;
  readonly renderBytes: (part: ShownBytes) => ReactNode;
}

function Bytes({ parts, first, renderBytes }: BytesProps) {
  const [most, setMost] = useState(first);
  const held = parts.reduce((sum, part) => (part.kind === 'bytes' ? sum + part.bytes.length : sum), 0);
  return (
    <>
      {upTo(parts, most).map((part) => (part.kind === 'gap'
        ? <p key={part.at} className={css.gap}>{`${formatCount(part.length)} bytes ${GAP_WORDS[part.why]}.`}</p>
        : <div key={part.at}>{renderBytes(part)}</div>))}
      {held > most && <Button look="quiet" onPress={() => setMost(most * 4)}>{`Show more: ${formatCount(most)} of ${formatCount(held)} bytes are shown`}</Button>}
    </>
  );
}
