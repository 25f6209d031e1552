export interface HexLine {
  /** Of its first byte, in hex. */
  readonly offset: string;
  readonly bytes: string;
  /** The bytes as ASCII; a dot for what cannot be seen. */
  readonly text: string;
}

/** Bytes in hex as the lines of a dump, so many bytes a line; the last line is padded to the width of the others. */
export function hexLines(hex: string, perLine: number): readonly HexLine[] {
  const pairs = hex.match(/../g) ?? [];
  const lines: HexLine[] = [];
  for (let at = 0; at < pairs.length; at += perLine) {
    const part = pairs.slice(at, at + perLine);
    lines.push({
      offset: at.toString(16).padStart(4, '0'),
      bytes: part.join(' ').padEnd(perLine * 3 - 1),
      text: part.map((pair) => visible(Number.parseInt(pair, 16))).join(''),
    });
  }
  return lines;
}

function visible(code: number): string {
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}
