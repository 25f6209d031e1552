import type { Availability } from '../engine';
import type { Library, WindowsProcess } from './system';

/** An export that can be called, or why not. */
export type ExportProbe = { readonly address: bigint } | { readonly reason: string };

/** sub rsp,28h · lea rcx,[rip+x] · lea rdx,[rip+y] · call: how Wine's thunk for a function it lacks begins on x64. */
const STUB = { length: 23, code: [[0, 0x48, 0x83, 0xec, 0x28, 0x48, 0x8d, 0x0d], [11, 0x48, 0x8d, 0x15], [18, 0xe8]] } as const;
const LEA_ENDS = [11, 18] as const;

/** Finds exports without ever calling one that would end the process. */
export class ExportFinder {
  private readonly onWine: boolean;

  constructor(private readonly process: WindowsProcess) {
    const ntdll = process.loadLibrary('ntdll.dll');
    this.onWine = ntdll !== undefined && process.findExport(ntdll, 'wine_get_version') !== undefined;
  }

  /** Wine's version, or undefined on Windows. */
  wineVersion(): string | undefined {
    const ntdll = this.process.loadLibrary('ntdll.dll');
    const address = ntdll === undefined ? undefined : this.process.findExport(ntdll, 'wine_get_version');
    if (address === undefined) return undefined;
    const text = this.process.bind(address, 'uint64_t', [])();
    return this.textAt(BigInt(text), 32);
  }

  find(library: Library | undefined, file: string, name: string): ExportProbe {
    if (library === undefined) return { reason: `${file} cannot be loaded on this system` };
    const address = this.process.findExport(library, name);
    if (address === undefined) return { reason: `${file} on this system does not export ${name}` };
    if (this.onWine && this.isStub(address, file, name)) {
      return { reason: `Wine ${this.wineVersion() ?? ''} exports ${name} but does not implement it: calling it would end the process` };
    }
    return { address };
  }

  /**
   * A thunk that hands the DLL's and the export's name to Wine's routine for missing functions. Both names are
   * compared, so that no real function can pass for one.
   */
  private isStub(address: bigint, file: string, name: string): boolean {
    const code = this.process.read(address, STUB.length);
    if (!STUB.code.every(([at, ...bytes]) => bytes.every((byte, i) => code[at + i] === byte))) return false;
    const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
    const [dll, called] = LEA_ENDS.map((end) => address + BigInt(end) + BigInt(view.getInt32(end - 4, true)));
    return dll !== undefined && called !== undefined && this.textAt(dll, 64).toLowerCase() === file && this.textAt(called, 128) === name;
  }

  /** ANSI text up to its NUL, read in pieces that never cross into a page the text does not reach. */
  private textAt(address: bigint, limit: number): string {
    let text = '';
    while (text.length < limit) {
      const [byte] = this.process.read(address + BigInt(text.length), 1);
      if (byte === undefined || byte === 0) break;
      text += String.fromCharCode(byte);
    }
    return text;
  }
}

export function availabilityOf(probe: ExportProbe): Availability {
  return 'address' in probe ? { available: true } : { available: false, reason: probe.reason };
}
