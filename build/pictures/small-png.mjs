// Screenshots as small as they can be without losing a pixel: a picture of a window has no transparency, and its rows repeat as they are.
import { decode, encode } from 'fast-png';

/** @param {Buffer} screenshot a PNG @returns {Buffer} the same picture */
export function smallPng(screenshot) {
  const { width, height, data, channels, depth } = decode(screenshot);
  if (depth !== 8 || channels < 3) throw new Error(`a screenshot has three or four channels of 8 bits, not ${channels} of ${depth}`);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgb[pixel * 3 + channel] = data[pixel * channels + channel] ?? 0;
  }
  return Buffer.from(encode({ width, height, data: rgb, channels: 3, depth: 8 }, { zlib: { level: 9 } }));
}
