/** A colour as its red, green and blue, from 0 to 255. */
type Rgb = readonly [number, number, number];

/** The accent of the window: of a text or an edge, what stands on it, and under a pointer. */
export interface Accent {
  readonly accent: string;
  readonly onAccent: string;
  readonly hover: string;
}

/** WCAG 2.2: text against what it stands on. */
const LEAST_CONTRAST = 4.5;
const STEPS = 50;
const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [16, 20, 28];

/**
 * A person's own accent as far as it can be read: on dark surfaces made lighter, on light ones darker, until it can.
 * @param own #rrggbb
 * @param surfaces #rrggbb, those that it stands on as a text
 */
export function readableAccent(own: string, surfaces: readonly string[], theme: 'light' | 'dark'): Accent | undefined {
  const colour = rgbOf(own);
  const grounds = surfaces.map(rgbOf);
  if (colour === undefined || grounds.length === 0) return undefined;
  const towards: Rgb = theme === 'dark' ? WHITE : [0, 0, 0];
  const reads = (one: Rgb): boolean => grounds.every((ground) => ground !== undefined && contrast(one, ground) >= LEAST_CONTRAST);
  for (let step = 0; step <= STEPS; step += 1) {
    const accent = rounded(mixed(colour, towards, step / STEPS));
    const hover = rounded(mixed(accent, towards, 0.15));
    const on = [WHITE, INK].find((text) => contrast(text, accent) >= LEAST_CONTRAST && contrast(text, hover) >= LEAST_CONTRAST);
    if (reads(accent) && on !== undefined) return { accent: hexOf(accent), onAccent: hexOf(on), hover: hexOf(hover) };
  }
  return undefined;
}

function rgbOf(hex: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  if (match === null) return undefined;
  const [, red = '', green = '', blue = ''] = match;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function mixed([red, green, blue]: Rgb, other: Rgb, part: number): Rgb {
  return [red + (other[0] - red) * part, green + (other[1] - green) * part, blue + (other[2] - blue) * part];
}

function rounded([red, green, blue]: Rgb): Rgb {
  return [Math.round(red), Math.round(green), Math.round(blue)];
}

/** From 1 to 21, as WCAG 2.2 has it. */
function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
