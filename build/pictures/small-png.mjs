// Screenshots a third as large: with a palette. A window has few colours that fill anything, and those stay as they are; what is rare, the
// shades at the edges of letters, becomes the nearest of the frequent ones.
import { decode, encode } from 'fast-png';

const MOST_COLOURS = 256;

/** @param {number} a @param {number} b colours as 0xRRGGBB @returns {number} how far apart they are */
function distance(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

/** @param {Buffer} screenshot a PNG without transparency @returns {Buffer} */
export function smallPng(screenshot) {
  const { width, height, data, channels, depth, palette: before } = decode(screenshot);
  if (before !== undefined) return screenshot;
  if (depth !== 8 || channels < 3) throw new Error(`a screenshot has three or four channels of 8 bits, not ${channels} of ${depth}`);
  const pixels = new Uint32Array(width * height);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let at = 0; at < pixels.length; at++) {
    const from = at * channels;
    const colour = ((data[from] ?? 0) << 16) | ((data[from + 1] ?? 0) << 8) | (data[from + 2] ?? 0);
    pixels[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  // Of equals the smaller number first, so that the same picture always gives the same file.
  const palette = [...counts].sort(([a, many], [b, more]) => more - many || a - b).slice(0, MOST_COLOURS).map(([colour]) => colour);
  /** @type {Map<number, number>} */
  const places = new Map();
  for (const colour of counts.keys()) {
    let nearest = 0;
    for (let place = 1; place < palette.length; place++) {
      if (distance(colour, palette[place] ?? 0) < distance(colour, palette[nearest] ?? 0)) nearest = place;
    }
    places.set(colour, nearest);
  }
  const indexed = Uint8Array.from(pixels, (colour) => places.get(colour) ?? 0);
  const colours = palette.map((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return Buffer.from(encode({ width, height, data: indexed, channels: 1, depth: 8, palette: colours }, { zlib: { level: 9 } }));
}
