import type { WindowsProcess } from './system';

const VS_FIXEDFILEINFO_SIGNATURE = 0xfeef04bd;

/** Major and minor product version of a DLL, such as "11.0"; undefined when it carries none (GetFileVersionInfoW). */
export function dllVersion(process: WindowsProcess, file: string): string | undefined {
  const library = process.loadLibrary('version.dll');
  if (library === undefined) return undefined;
  const sizeOf = process.findExport(library, 'GetFileVersionInfoSizeW');
  const read = process.findExport(library, 'GetFileVersionInfoW');
  if (sizeOf === undefined || read === undefined) return undefined;
  return process.withText(file, 'W', (name) => {
    const size = Number(process.bind(sizeOf, 'uint32_t', ['uint64_t', 'uint64_t'])(name, 0n));
    if (size === 0) return undefined;
    const info = process.allocate(size);
    const found = process.bind(read, 'int32_t', ['uint64_t', 'uint32_t', 'uint32_t', 'uint64_t'])(name, 0, size, info);
    const bytes = process.read(info, size);
    process.release(info);
    return Number(found) === 0 ? undefined : productVersion(bytes);
  });
}

/** VS_FIXEDFILEINFO begins with its signature at a multiple of four bytes; the product version follows at offset 16. */
function productVersion(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 24 <= bytes.length; at += 4) {
    if (view.getUint32(at, true) === VS_FIXEDFILEINFO_SIGNATURE) return `${view.getUint16(at + 18, true)}.${view.getUint16(at + 16, true)}`;
  }
  return undefined;
}
