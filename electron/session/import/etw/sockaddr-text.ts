/** A SOCKADDR that tracerpt wrote in hex as "address:port"; a text that is none as it is. */
export function sockaddrText(text: string): string {
  const hex = text.replace(/^0x/i, '');
  if (!/^[0-9a-f]+$/i.test(hex) || hex.length < 16) return text;
  const bytes = Buffer.from(hex, 'hex');
  const port = bytes.readUInt16BE(2);
  if (bytes[0] === 2) return `${[...bytes.subarray(4, 8)].join('.')}:${port}`;
  if (bytes[0] === 23 && bytes.length >= 24) {
    const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(8 + at * 2).toString(16));
    return `[${groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')}]:${port}`;
  }
  return text;
}
