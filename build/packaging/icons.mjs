// Every size of the icon, from the one drawing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { inProject } from '../setup/project.mjs';

/** Pixels, of the folders below hicolor and of the .ico file. */
export const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512];

/** The largest that the directory of an .ico file can name. */
const icoLimit = 256;

/** @param {string} svg @param {number} size pixels @returns {Buffer} PNG */
function png(svg, size) {
  return Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng());
}

/**
 * An .ico file of PNG images (Windows Vista and later): a header of 6 bytes, 16 bytes for each image, the images.
 * @param {readonly {size: number, data: Buffer}[]} images
 */
export function icoFile(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, data }, index) => {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(data.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += data.length;
  });
  return Buffer.concat([header, ...images.map(({ data }) => data)]);
}

/**
 * @param {string} folder gets NxN.png of every size, icon.png (the largest) and icon.ico
 */
export async function makeIcons(folder) {
  await mkdir(folder, { recursive: true });
  const svg = await readFile(inProject('build', 'packaging', 'icon.svg'), 'utf8');
  const images = iconSizes.map((size) => ({ size, data: png(svg, size) }));
  for (const { size, data } of images) await writeFile(join(folder, `${size}x${size}.png`), data);
  await writeFile(join(folder, 'icon.ico'), icoFile(images.filter(({ size }) => size <= icoLimit)));
}
