import { Fragment } from 'react';

/** Where a name of Microsoft's, or a path to a value, has another word. */
const WORDS = /(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z]\.)(?=\w)/;
const WORDS_OF_LONG = new RegExp(`${WORDS.source}|(?<=[A-Z]_)(?=[A-Z])`);

/** From how many characters on a constant is broken: ERROR_IO_PENDING stays whole. */
const LONG = 20;

/** A long name that has no blank breaks where its words do: dwNumberOf|BytesToRead, ERROR_|INTERNET_|TIMEOUT, callbacks.|exactly. */
export function Breakable({ text }: { readonly text: string }) {
  const pieces = text.split(/(?<=\s)/).flatMap((name) => name.split(name.length > LONG ? WORDS_OF_LONG : WORDS).map((word, at) => ({ word, parted: at > 0 })));
  return pieces.map(({ word, parted }, at) => <Fragment key={at}>{parted && <wbr />}{word}</Fragment>);
}
