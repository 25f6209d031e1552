import { MARK_KINDS, SPAN_KINDS, type MarkKind } from '../../preload/contract/query';
import { markWords } from '../model/marks';
import { PAINT_ORDER, type Scene } from '../model/timeline-scene';
import type { Tick } from '../model/time-scale';
import { markShape } from './mark-shapes';
import { OutlinePen } from './outline-pen';
import type { Palette, Token } from './palette';
import { BAR, BARS } from './span-painter';

/** What a picture of the timeline shows. Lengths are CSS pixels. */
export interface PictureInput {
  readonly title: string;
  readonly scene: Scene;
  readonly rows: readonly PictureRow[];
  readonly ticks: readonly (Tick & { readonly x: number })[];
  readonly palette: Palette;
  /** Of the lanes, without their names. */
  readonly width: number;
  readonly rowHeight: number;
  readonly measure: (text: string) => number;
}

export interface PictureRow {
  readonly label: string;
  readonly detail: string;
  readonly depth: number;
  readonly ended: boolean;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const NAMES = 280;
const RULER = 28;
const LEGEND = 64;
const LEGEND_LINE = 24;
const TITLE = 32;
const INDENT = 14;

const LEGEND_SPANS: readonly { readonly name: string; readonly token: Token }[] = [
  { name: 'resolve', token: 'resolve' }, { name: 'connect', token: 'connect' }, { name: 'send', token: 'send' }, { name: 'receive', token: 'receive' },
  { name: 'pending', token: 'pending' }, { name: 'received, not answered', token: 'received' },
];
const LEGEND_MARKS: readonly MarkKind[] = ['created', 'callback', 'complete', 'complete-failed', 'failed-call', 'close-requested', 'handle-closing', 'cancelled', 'connection-closed'];

/** The timeline as SVG, from the same scene that the canvas draws: names, ruler, lanes, legend. */
export function svgPicture({ title, scene, rows, ticks, palette, width, rowHeight, measure }: PictureInput): Picture {
  const { colours, font } = palette;
  const lanes = TITLE + RULER;
  const height = lanes + rows.length * rowHeight + LEGEND;
  const whole = NAMES + width;
  const bottom = lanes + rows.length * rowHeight;
  const middle = (row: number): number => lanes + row * rowHeight + rowHeight / 2;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${height}" viewBox="0 0 ${whole} ${height}" font-family="${escaped(font)}" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<defs><pattern id="pending" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${colours.pending}"/>`
      + `<path d="M-2 10L10 -2M-10 10L2 -2M6 10L18 -2" stroke="${colours['pending-stripe']}" stroke-width="2.5"/></pattern>`
      + `<clipPath id="lanes"><rect x="${NAMES}" y="${TITLE}" width="${width}" height="${height - TITLE}"/></clipPath></defs>`,
    `<rect width="${whole}" height="${height}" fill="${colours['surface-0']}"/>`,
    `<text x="12" y="21" font-size="13" font-weight="600" fill="${colours['text-1']}">${escaped(cut(title, whole - 24, measure, 13 / 11))}</text>`,
    `<rect y="${TITLE}" width="${whole}" height="${RULER}" fill="${colours['surface-1']}"/>`,
    ...rows.map((row, index) => nameOf(row, middle(index), palette, measure)),
    '<g clip-path="url(#lanes)">',
    ...ticks.map(({ x, label }) => `<rect x="${NAMES + Math.round(x)}" y="${TITLE}" width="1" height="${bottom - TITLE}" fill="${colours.line}"/>`
      + `<text x="${NAMES + number(x) + 4}" y="${TITLE + RULER - 9}" fill="${colours['text-3']}">${escaped(label)}</text>`),
    `<g transform="translate(${NAMES} 0)">`,
    ...spans(scene, middle, palette),
    ...marks(scene, middle, palette),
    ...labels(scene, middle, palette),
    '</g></g>',
    `<path d="M${NAMES} ${TITLE}V${bottom}M0 ${lanes}H${whole}M0 ${bottom}H${whole}" stroke="${colours.line}" fill="none"/>`,
    legend(bottom, whole, palette, measure),
    '</svg>',
  ];
  return { svg: parts.join('\n'), width: whole, height };
}

function nameOf({ label, detail, depth, ended }: PictureRow, y: number, { colours }: Palette, measure: (text: string) => number): string {
  const x = 12 + depth * INDENT;
  const room = NAMES - x - 12;
  const name = cut(label, room, measure);
  const rest = room - measure(name) - 8;
  const more = rest < 24 || detail === '' ? '' : `<tspan dx="8" fill="${colours['text-3']}">${escaped(cut(detail, rest, measure))}</tspan>`;
  return `<text x="${x}" y="${number(y + 4)}" fill="${ended ? colours['text-3'] : colours['text-1']}">${escaped(name)}${more}</text>`;
}

function spans({ spans: shapes }: Scene, middle: (row: number) => number, { colours }: Palette): readonly string[] {
  return PAINT_ORDER.flatMap((kind) => {
    const place = SPAN_KINDS.indexOf(kind);
    const { height, colour } = BARS[kind] ?? { height: BAR, colour: 'pending' as const };
    const drawn: string[] = [];
    for (let index = 0; index < shapes.length; index++) {
      if (shapes.kind[index] !== place) continue;
      const [x, width, y] = [shapes.x[index] ?? 0, shapes.width[index] ?? 0, middle(shapes.row[index] ?? 0)];
      if (kind === 'closing') {
        if (width >= 8) drawn.push(`<path d="M${number(x + 6)} ${number(y)}H${number(x + width)}" stroke="${colours.closing}" stroke-width="2" stroke-dasharray="2 4"/>`);
        continue;
      }
      const fill = kind === 'pending' ? 'url(#pending)' : colours[colour];
      drawn.push(`<rect x="${number(x)}" y="${number(y - height / 2)}" width="${number(Math.max(1, width - 1))}" height="${height}"${kind === 'life' ? '' : ' rx="3"'} fill="${fill}">${tip(shapes.labelOf(index))}</rect>`);
      if (kind !== 'life' && shapes.bad[index] === 1) drawn.push(`<rect x="${number(x)}" y="${number(y + BAR / 2 - 2)}" width="${number(Math.max(2, width - 1))}" height="2" fill="${colours.bad}"/>`);
    }
    return drawn;
  });
}

function marks({ marks: shapes }: Scene, middle: (row: number) => number, palette: Palette): readonly string[] {
  const kinds = MARK_KINDS.toSorted((a, b) => Number(markShape(b).quiet) - Number(markShape(a).quiet));
  return kinds.flatMap((kind) => {
    const drawn: string[] = [];
    for (let index = 0; index < shapes.length; index++) {
      if (shapes.kind[index] !== MARK_KINDS.indexOf(kind) || shapes.drawn[index] === 0) continue;
      drawn.push(sign(kind, shapes.x[index] ?? 0, middle(shapes.row[index] ?? 0), palette, shapes.labelOf(index)));
    }
    return drawn;
  });
}

function sign(kind: MarkKind, x: number, y: number, { colours }: Palette, words: string): string {
  const shape = markShape(kind);
  const pen = new OutlinePen();
  shape.trace(pen, number(x), number(y));
  const colour = colours[shape.colour];
  const rim = shape.tick === undefined ? `<path d="${pen.outline}" fill="none" stroke="${colours['surface-0']}" stroke-width="${(shape.stroke ?? 0) + 3}" stroke-linejoin="round"/>` : '';
  const look = shape.stroke === undefined ? `fill="${colour}"` : `fill="none" stroke="${colour}" stroke-width="${shape.stroke}"`;
  return `${rim}<path d="${pen.outline}" ${look}>${tip(words)}</path>`;
}

function labels({ labels: placed }: Scene, middle: (row: number) => number, { colours }: Palette): readonly string[] {
  return placed.map(({ row, x, width, text, ink, cleared }) => {
    const y = middle(row);
    const ground = cleared ? `<rect x="${number(x - 2)}" y="${number(y - BAR / 2)}" width="${number(width + 4)}" height="${BAR}" fill="${colours['surface-0']}"/>` : '';
    return `${ground}<text x="${number(x)}" y="${number(y + 4)}" fill="${colours[ink]}">${escaped(text)}</text>`;
  });
}

function legend(top: number, width: number, palette: Palette, measure: (text: string) => number): string {
  let y = top + (LEGEND - LEGEND_LINE) / 2;
  const parts: string[] = [];
  let x = 12;
  const room = (name: string): void => {
    if (x + 22 + measure(name) <= width - 12) return;
    x = 12;
    y += LEGEND_LINE;
  };
  for (const { name, token } of LEGEND_SPANS) {
    room(name);
    parts.push(`<rect x="${x}" y="${y - 5}" width="16" height="10" rx="2" fill="${token === 'pending' ? 'url(#pending)' : palette.colours[token]}"/>`, words(x + 22, y, name, palette));
    x += 40 + Math.ceil(measure(name));
  }
  for (const kind of LEGEND_MARKS) {
    room(markWords(kind));
    parts.push(sign(kind, x + 8, y, palette, ''), words(x + 22, y, markWords(kind), palette));
    x += 40 + Math.ceil(measure(markWords(kind)));
  }
  return parts.join('');
}

function words(x: number, y: number, text: string, { colours }: Palette): string {
  return `<text x="${x}" y="${y + 4}" fill="${colours['text-2']}">${escaped(text)}</text>`;
}

function tip(text: string): string {
  return text === '' ? '' : `<title>${escaped(text)}</title>`;
}

/** As much of a text as there is room for. @param scale of its size to that which is measured */
function cut(text: string, room: number, measure: (text: string) => number, scale = 1): string {
  if (measure(text) * scale <= room) return text;
  let length = text.length;
  while (length > 0 && measure(`${text.slice(0, length)}…`) * scale > room) length -= 1;
  return `${text.slice(0, length)}…`;
}

function number(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What XML takes for its own, and the control characters that it knows no way to write. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- XML 1.0 forbids exactly these
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
