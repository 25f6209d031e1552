import type { ErrorCode } from '../call';
import { HandleBase, type HandleOptions } from '../handle';
import type { SessionHandle } from '../handle';
import type { ControlConnection } from './control-connection';
import type { DataConnection } from './data-connection';
import type { ListEntry } from './list-parser';

/** An FTP session: InternetConnect with INTERNET_SERVICE_FTP. */
export class FtpConnectionHandle extends HandleBase {
  readonly kind = 'ftp-connection';
  /** Undefined until the server let it in. */
  control: ControlConnection | undefined;
  /** The one file that is open. */
  file: FtpFileHandle | undefined;
  /** The one directory enumeration. */
  find: FtpFindHandle | undefined;

  constructor(
    options: HandleOptions,
    readonly parent: SessionHandle,
    readonly host: string,
    readonly port: number,
    readonly userName: string,
    readonly password: string,
    /** INTERNET_FLAG_PASSIVE: data connections go to the server. */
    readonly passive: boolean,
    /** InternetOpenUrl's own: it ends with the one file or find that it was made for. */
    readonly hidden = false,
  ) {
    super(options);
  }

  get session(): SessionHandle {
    return this.parent;
  }

  /** Whether something is under way that every other FTP function has to wait for. */
  get busy(): boolean {
    return this.operations.size > 0 || this.file !== undefined;
  }

  release(): void {
    this.control?.quit();
  }

  /** Its file or find is gone: a hidden connection ends with it. */
  childEnded(): void {
    if (this.hidden && this.state === 'open') this.state = 'invalid';
  }
}

export type FileAccess = 'read' | 'write' | 'both';

/** How a transfer ended: with the server's final reply, or the error it stands for. */
export type TransferEnd = { readonly error: ErrorCode | undefined };

/** A file that FtpOpenFile opened, or the data connection of an FtpCommand. */
export class FtpFileHandle extends HandleBase {
  readonly kind = 'ftp-file';
  /** Undefined while the final reply is still to come. */
  end: TransferEnd | undefined;

  constructor(
    options: HandleOptions,
    readonly parent: FtpConnectionHandle,
    readonly data: DataConnection,
    readonly access: FileAccess,
    /** In bytes; undefined when the server did not tell. */
    readonly size: bigint | undefined,
  ) {
    super(options);
  }

  get session(): SessionHandle {
    return this.parent.parent;
  }

  /** The end of what was written is the end of the file; what was not read is given up. */
  release(): void {
    if (this.access === 'read') this.data.destroy();
    else this.data.finish();
    if (this.end === undefined) this.parent.control?.owe();
    if (this.parent.file === this) this.parent.file = undefined;
    this.parent.childEnded();
  }
}

/** A directory enumeration. The listing came whole with the first entry. */
export class FtpFindHandle extends HandleBase {
  readonly kind = 'ftp-find';
  private next = 0;

  constructor(options: HandleOptions, readonly parent: FtpConnectionHandle, private readonly entries: readonly ListEntry[]) {
    super(options);
  }

  get session(): SessionHandle {
    return this.parent.parent;
  }

  /** Undefined after the last one. */
  take(): ListEntry | undefined {
    const entry = this.entries[this.next];
    if (entry !== undefined) this.next += 1;
    return entry;
  }

  release(): void {
    if (this.parent.find === this) this.parent.find = undefined;
    this.parent.childEnded();
  }
}
