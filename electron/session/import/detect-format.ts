import { encodingOf, textDecoder } from './text-decoding';

/** What another program wrote and this one reads. */
export type ImportFormat = 'etw-xml' | 'etw-csv' | 'har' | 'netlog' | 'service-state';

/** Bytes of a file's beginning that tell what it is. */
export const HEAD_BYTES = 64 * 1024;

/** An .etl, a pcap and the like: formats that people take for what they were asked to open. */
const FOREIGN: readonly (readonly [test: (head: Uint8Array) => boolean, advice: string])[] = [
  [(head) => isEtl(head), 'it is a raw .etl trace: convert it first with `tracerpt FILE.etl -o FILE.xml -of XML`'],
  [(head) => starts(head, [0x50, 0x4b, 0x03, 0x04]), 'it is a ZIP archive (.saz of Fiddler is one): export a HAR from the program that wrote it'],
  [(head) => starts(head, [0x0a, 0x0d, 0x0d, 0x0a]) || starts(head, [0xd4, 0xc3, 0xb2, 0xa1]), 'it is a packet capture: it tells of packets, not of handles'],
];

export type Detected = { readonly format: ImportFormat } | { readonly foreign: string } | undefined;

/** What a file is by its first bytes, whatever it is called; undefined for what nobody here reads. */
export function detectFormat(head: Uint8Array): Detected {
  const foreign = FOREIGN.find(([test]) => test(head));
  if (foreign !== undefined) return { foreign: foreign[1] };
  const text = textDecoder(encodingOf(head)).decode(head, { stream: true }).trimStart();
  const format = formatOf(text);
  return format === undefined ? undefined : { format };
}

function formatOf(text: string): ImportFormat | undefined {
  if (text.startsWith('<')) return /<(Events|Event)[\s>]/.test(text) ? 'etw-xml' : undefined;
  if (text.startsWith('{')) {
    // A HAR has nothing but its log; NetLog has its constants first, but an edited file may not.
    if (/^\{\s*"log"\s*:/.test(text)) return 'har';
    if (/"(logEventTypes|logSourceType|timeTickOffset)"\s*:/.test(text) || /^\{\s*"events"\s*:/.test(text)) return 'netlog';
    return /"entries"\s*:/.test(text) ? 'har' : undefined;
  }
  if (/^(.*\n){0,20}\s*Event Name\s*,\s*Type\s*,/.test(text)) return 'etw-csv';
  return looksLikeServiceState(text) ? 'service-state' : undefined;
}

/** netsh translates every word, so only what no language changes counts: 16 hex digits as an id, lines that end with a colon, URL prefixes. */
function looksLikeServiceState(text: string): boolean {
  const id = /^[ \t]*[^\n:]+:[ \t]+[0-9A-F]{16}[ \t]*\r?$/m.test(text);
  const version = /^[ \t]+[^\n:]+:[ \t]+\d\.\d[ \t]*\r?$/m.test(text);
  const rule = /^-{20,}\s*$/m.test(text);
  return version && (id || rule);
}

function starts(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

/** An .etl begins with a buffer's size, a multiple of 1 KiB, and two offsets within that buffer (WMI_BUFFER_HEADER). */
function isEtl(head: Uint8Array): boolean {
  if (head.length < 0x48) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const size = view.getUint32(0, true);
  return size >= 0x400 && size <= 0x1000000 && size % 0x400 === 0 && view.getUint32(4, true) <= size && view.getUint32(8, true) <= size;
}
