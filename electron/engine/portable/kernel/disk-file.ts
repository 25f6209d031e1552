import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../../../../preload/contract/result';

/** CreateFile's dwDesiredAccess and dwCreationDisposition (fileapi/nf-fileapi-createfilew). */
const GENERIC = { READ: 0x80000000, WRITE: 0x40000000 } as const;
const DISPOSITION = { CREATE_NEW: 1, CREATE_ALWAYS: 2, OPEN_EXISTING: 3, OPEN_ALWAYS: 4, TRUNCATE_EXISTING: 5 } as const;

const ERROR_ACCESS_DENIED = 5;
const ERROR_GEN_FAILURE = 31;
const ERROR_INVALID_PARAMETER = 87;

/** What Windows says for the ways in which a file cannot be opened. */
const OPEN_ERRORS: Readonly<Record<string, number>> = {
  ENOENT: 2, ENOTDIR: 3, EMFILE: 4, EACCES: 5, EPERM: 5, EISDIR: 5, EROFS: 5, EBUSY: 32, ENAMETOOLONG: 206, EEXIST: 80,
};

/** A file on disk that CreateFile has opened: what a data chunk can be taken from. */
export class DiskFile {
  private position = 0;

  private constructor(
    private readonly descriptor: number,
    private readonly access: number,
  ) {}

  /** Opens or makes a file; the error is a Win32 code. */
  static open(name: string, access: number, disposition: number): Result<DiskFile, number> {
    const writes = (access & GENERIC.WRITE) !== 0;
    const flags = openFlags(disposition, writes);
    if (flags === undefined || name === '') return err(name === '' ? 3 : ERROR_INVALID_PARAMETER);
    try {
      return ok(new DiskFile(openSync(name, flags), access >>> 0));
    } catch (error) {
      if (disposition === DISPOSITION.OPEN_ALWAYS && codeOf(error) === 'ENOENT') return DiskFile.open(name, access, DISPOSITION.CREATE_NEW);
      return err(OPEN_ERRORS[codeOf(error)] ?? ERROR_GEN_FAILURE);
    }
  }

  size(): Result<number, number> {
    return this.trying(() => fstatSync(this.descriptor).size);
  }

  /** Exactly the bytes that there are of the asked range. */
  read(start: number, length: number): Result<Uint8Array, number> {
    if ((this.access & GENERIC.READ) === 0) return err(ERROR_ACCESS_DENIED);
    return this.trying(() => {
      const bytes = new Uint8Array(length);
      let got = 0;
      while (got < length) {
        const more = readSync(this.descriptor, bytes, got, length - got, start + got);
        if (more === 0) break;
        got += more;
      }
      return bytes.subarray(0, got);
    });
  }

  /** Writes at the file pointer, which moves on; gives the bytes written. */
  append(bytes: Uint8Array): Result<number, number> {
    if ((this.access & GENERIC.WRITE) === 0) return err(ERROR_ACCESS_DENIED);
    return this.trying(() => {
      const written = writeSync(this.descriptor, bytes, 0, bytes.length, this.position);
      this.position += written;
      return written;
    });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private trying<T>(action: () => T): Result<T, number> {
    try {
      return ok(action());
    } catch (error) {
      return err(OPEN_ERRORS[codeOf(error)] ?? ERROR_GEN_FAILURE);
    }
  }
}

function openFlags(disposition: number, writes: boolean): string | number | undefined {
  switch (disposition) {
    case DISPOSITION.CREATE_NEW: return 'wx+';
    case DISPOSITION.CREATE_ALWAYS: return 'w+';
    case DISPOSITION.OPEN_EXISTING: case DISPOSITION.OPEN_ALWAYS: return writes ? 'r+' : 'r';
    case DISPOSITION.TRUNCATE_EXISTING: return writes ? constants.O_RDWR | constants.O_TRUNC : undefined;
    default: return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
