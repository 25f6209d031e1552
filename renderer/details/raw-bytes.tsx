import { useState } from 'react';
import { dumpText, hexLines } from '../../preload/contract/hex-dump';
import type { Seq } from '../../preload/contract/ids';
import type { RecordedBuffer } from '../../preload/contract/query';
import { formatCount } from '../model/time-scale';
import { copyBytes } from '../store/copying';
import { Button } from '../ui/button';
import { Section } from './section';
import css from './details.module.css';

/** Bytes drawn at once. */
const FIRST_BYTES = 2048;

/** The buffers of an event as dumps: offset, bytes, and what they are as ASCII. */
export function RawBytes({ buffers, seq }: { readonly buffers: readonly RecordedBuffer[]; readonly seq: Seq }) {
  return <Section title="Raw bytes">{buffers.map((buffer, place) => <Dump key={buffer.name} buffer={buffer} onCopy={() => void copyBytes(seq, place, buffer.name)} />)}</Section>;
}

function Dump({ buffer: { name, hex, length }, onCopy }: { readonly buffer: RecordedBuffer; readonly onCopy: () => void }) {
  const [most, setMost] = useState(FIRST_BYTES);
  const kept = hex.length / 2;
  return (
    <div className={css.dump}>
      <div className={css.dumpHead}>
        <p className={css.dumpName}><span className={css.value}>{name}</span> {`${formatCount(length)} bytes${kept < length ? `, the first ${formatCount(kept)} recorded` : ''}`}</p>
        <Button look="quiet" name={`Copy the bytes of ${name}`} onPress={onCopy}>Copy</Button>
      </div>
      <pre className={css.hex}>{dumpText(hexLines(hex.slice(0, most * 2), 8))}</pre>
      {kept > most && <Button look="quiet" onPress={() => setMost(most * 4)}>{`Show more: ${formatCount(most)} of ${formatCount(kept)} bytes are shown`}</Button>}
    </div>
  );
}
