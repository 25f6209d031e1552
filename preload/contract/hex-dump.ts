export interface HexLine {
  /** Of its first byte, in hex. */
  readonly offset: string;
  readonly bytes: string;
  /** The bytes as ASCII; a dot for what cannot be seen. */
  readonly text: string;
}

/** Bytes in hex as the lines of a dump, so many bytes a line; the last line is padded to the width of the others. */
export function hexLines(hex: string, perLine: number): readonly HexLine[] {
  return byteLines(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)), perLine);
}

/** @param from offset of the first byte in what it was taken from */
export function byteLines(bytes: Uint8Array, perLine: number, from = 0): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const part = Array.from(bytes.subarray(at, at + perLine));
    lines.push({
      offset: (from + at).toString(16).padStart(4, '0'),
      bytes: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(perLine * 3 - 1),
      text: part.map((byte) => visible(byte)).join(''),
    });
  }
  return lines;
}

function visible(code: number): string {
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}

/** A dump as text: offset, bytes, and what they are as ASCII. */
export function dumpText(lines: readonly HexLine[]): string {
  return lines.map(({ offset, bytes, text }) => `${offset}  ${bytes}  ${text}`).join('\n');
}
