import { isEnded } from '../../preload/contract/handle';
import { errorMessage } from '../../preload/contract/errors';
import type { ExportRequest } from '../../preload/contract/exchange';
import type { PictureFormat } from '../../preload/contract/export';
import { err, ok, type Result } from '../../preload/contract/result';
import type { RowList } from '../model/rows';
import { fit, formatTime, ticks, xOf, type Viewport } from '../model/time-scale';
import { buildScene } from '../model/timeline-scene';
import { askTimeline } from '../store/questions';
import { appState } from '../store/state';
import { windowNow } from '../store/view-actions';
import { svgPicture, type Picture } from '../timeline/svg-picture';
import { paletteOfTheme } from '../timeline/theme-palette';

/** Lanes that a picture shows at most: more is for nobody to look at. */
export const MOST_ROWS = 400;
const WIDTH = 1320;
const ROW = 28;
const TICK_GAP = 92;
/** A canvas is no taller than this, in its own pixels. */
const TALLEST = 16_000;

export type PictureTime = 'shown' | 'whole';

/** Draws the timeline as a picture, in the light theme: it is for documents and messages. */
export async function pictureRequest(format: PictureFormat, time: PictureTime, rows: RowList): Promise<Result<ExportRequest, string>> {
  const picture = await drawPicture(time, rows);
  if (!picture.ok) return picture;
  const bytes = format === 'svg' ? new TextEncoder().encode(picture.value.svg) : await pngOf(picture.value);
  return bytes === undefined ? err('The picture could not be drawn: the timeline is too large for one. Close some rows.') : ok({ kind: 'picture', format, bytes });
}

export async function drawPicture(time: PictureTime, rows: RowList): Promise<Result<Picture, string>> {
  const state = appState();
  const shown = rows.slice(0, MOST_ROWS);
  const viewport = time === 'shown' ? state.viewport : wholeOf(rows);
  const answer = await askTimeline({ ...viewport, pixels: WIDTH, lanes: shown.map(({ node }) => node.id) });
  if (!answer.ok) return err(errorMessage(answer.error));
  const palette = paletteOfTheme('light');
  const measure = measureIn(`11px ${palette.font}`);
  const rowOf = new Map<number, number>(shown.map(({ node }, row) => [node.id, row]));
  const more = rows.length > shown.length ? `, the first ${shown.length} of ${rows.length} handles` : '';
  return ok(svgPicture({
    title: `Hinspector, ${formatTime(viewport.from)} to ${formatTime(viewport.to)} ms${more}`,
    scene: buildScene({ answer: answer.value, viewport, width: WIDTH, now: windowNow(state), rowOf, measure }),
    rows: shown.map(({ node: { label, detail, state: handleState }, depth }) => ({ label, detail, depth, ended: isEnded(handleState) })),
    ticks: ticks(viewport, WIDTH, TICK_GAP).map((tick) => ({ ...tick, x: xOf(viewport, WIDTH, tick.time) })),
    palette, width: WIDTH, rowHeight: ROW, measure,
  }));
}

function wholeOf(rows: RowList): Viewport {
  const nodes = rows.slice(0, MOST_ROWS).map(({ node }) => node);
  const now = windowNow();
  return fit(Math.min(...nodes.map(({ createdAt }) => createdAt)), Math.max(...nodes.map(({ endedAt }) => endedAt ?? now)));
}

function measureIn(font: string): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 6;
  context.font = font;
  return (text) => context.measureText(text).width;
}

/** The very same picture as dots: two for each CSS pixel where a canvas can be so tall. */
async function pngOf({ svg, width, height }: Picture): Promise<Uint8Array | undefined> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = height * 2 <= TALLEST ? 2 : 1;
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
}
