import { asUint64, loadKoffi, type CFunction, type CType, type CValue, type Koffi } from './load-koffi';

/** One loaded DLL. */
export interface Library {
  readonly file: string;
  readonly module: bigint;
}

/** The functions of kernel32 that the engine itself needs, beside those that a caller asks for. */
const KERNEL = {
  SetLastError: ['void', ['uint32_t']],
  GetLastError: ['uint32_t', []],
  GetCurrentThreadId: ['uint32_t', []],
  GetCurrentProcess: ['uint64_t', []],
  GetProcessHandleCount: ['int32_t', ['uint64_t', 'uint64_t']],
  LoadLibraryW: ['uint64_t', ['uint64_t']],
  GetModuleHandleW: ['uint64_t', ['uint64_t']],
  GetProcAddress: ['uint64_t', ['uint64_t', 'uint64_t']],
  VirtualAlloc: ['uint64_t', ['uint64_t', 'uint64_t', 'uint32_t', 'uint32_t']],
  VirtualProtect: ['int32_t', ['uint64_t', 'uint64_t', 'uint32_t', 'uint64_t']],
  FlushInstructionCache: ['int32_t', ['uint64_t', 'uint64_t', 'uint64_t']],
  CreateEventW: ['uint64_t', ['uint64_t', 'int32_t', 'int32_t', 'uint64_t']],
  SetEvent: ['int32_t', ['uint64_t']],
  ResetEvent: ['int32_t', ['uint64_t']],
  CloseHandle: ['int32_t', ['uint64_t']],
  GetOverlappedResult: ['int32_t', ['uint64_t', 'uint64_t', 'uint64_t', 'int32_t']],
  RegisterWaitForSingleObject: ['int32_t', ['uint64_t', 'uint64_t', 'uint64_t', 'uint64_t', 'uint32_t', 'uint32_t']],
  UnregisterWaitEx: ['int32_t', ['uint64_t', 'uint64_t']],
} as const satisfies Readonly<Record<string, readonly [CType, readonly CType[]]>>;

type KernelName = keyof typeof KERNEL;

/**
 * The process that the engine lives in: memory by address, DLLs and their exports, and the handful of kernel32
 * functions that the engine stands on.
 */
export class WindowsProcess {
  readonly koffi: Koffi;
  readonly kernel: Readonly<Record<KernelName, CFunction>>;

  /** @throws Error where there is no kernel32.dll: this is not Windows */
  constructor() {
    this.koffi = loadKoffi();
    const kernel32 = this.koffi.load('kernel32.dll');
    const entries = Object.entries(KERNEL).map(([name, [returns, params]]) => [name, kernel32.func(name, returns, [...params])]);
    // The record is built from the very names that its type is made of.
    this.kernel = Object.fromEntries(entries) as Readonly<Record<KernelName, CFunction>>;
  }

  /** Zero-filled memory. */
  allocate(bytes: number): bigint {
    const address = asUint64(this.koffi.alloc('uint8_t', Math.max(bytes, 1)));
    this.write(address, new Uint8Array(Math.max(bytes, 1)));
    return address;
  }

  release(address: bigint): void {
    this.koffi.free(address);
  }

  /** A copy. Reading what is not mapped ends the process: callers know what lies there. */
  read(address: bigint, length: number): Uint8Array {
    if (length === 0) return new Uint8Array(0);
    // A number is decoded in a fifteenth of the time of an array, and most of what a call leaves is one or two.
    if (length === 4 || length === 8) return this.readWords(address, length);
    // koffi decodes uint8_t as a Uint8Array of its own, and always makes a new one.
    return this.koffi.decode(address, 'uint8_t', length) as Uint8Array;
  }

  private readWords(address: bigint, length: 4 | 8): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 4) {
      // A 32-bit value comes as a number.
      const word = this.koffi.decode(at === 0 ? address : address + BigInt(at), 'uint32_t') as number;
      bytes[at] = word;
      bytes[at + 1] = word >>> 8;
      bytes[at + 2] = word >>> 16;
      bytes[at + 3] = word >>> 24;
    }
    return bytes;
  }

  write(address: bigint, bytes: Uint8Array): void {
    if (bytes.length > 0) this.koffi.encode(address, 'uint8_t', bytes, bytes.length);
  }

  /** Runs a function with a text in memory for as long as it takes. */
  withText<T>(text: string, width: 'A' | 'W', use: (address: bigint) => T): T {
    const bytes = Buffer.from(`${text}\0`, width === 'W' ? 'utf16le' : 'latin1');
    const address = this.allocate(bytes.length);
    this.write(address, bytes);
    try {
      return use(address);
    } finally {
      this.release(address);
    }
  }

  /** Loads a DLL for the rest of the process's life; undefined when there is none of that name. */
  loadLibrary(file: string): Library | undefined {
    const module = this.withText(file, 'W', (name) => asUint64(this.kernel.LoadLibraryW(name)));
    return module === 0n ? undefined : { file, module };
  }

  /** The address of an export, or undefined. */
  findExport(library: Library, name: string): bigint | undefined {
    const address = this.withText(name, 'A', (text) => asUint64(this.kernel.GetProcAddress(library.module, text)));
    return address === 0n ? undefined : address;
  }

  /** A C function by its address. */
  bind(address: bigint, returns: CType, params: readonly CType[]): CFunction {
    // koffi types a decoded function as any; the prototype given here is what it is.
    return this.koffi.decode(address, this.koffi.proto(returns, [...params])) as CFunction;
  }

  lastError(): number {
    return Number(this.kernel.GetLastError());
  }

  threadId(): number {
    return Number(this.kernel.GetCurrentThreadId());
  }

  /** Kernel handles that the whole process has open, sockets, threads and events among them. */
  handleCount(): number {
    const count = this.allocate(4);
    try {
      this.call('GetProcessHandleCount', this.call('GetCurrentProcess'), count);
      return Buffer.from(this.read(count, 4)).readUInt32LE();
    } finally {
      this.release(count);
    }
  }

  call(name: KernelName, ...args: readonly CValue[]): bigint {
    return asUint64(this.kernel[name](...args));
  }
}
