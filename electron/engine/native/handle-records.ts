import type { Width } from '../../../preload/contract/win32/signature';
import type { PendingOperation } from './pending-operation';

/** Tokens begin here, far from the small numbers that people choose as contexts. */
const FIRST_TOKEN = 0x4849_4e53_0000_0001n;

/** What the engine knows of one HINTERNET that it made. */
export interface HandleRecord {
  /** The value Windows gave it; undefined while it is being made. */
  raw: bigint | undefined;
  /** What Windows was given as dwContext: unique, or 0 when the caller's context is NULL. */
  token: bigint;
  /** The caller's context. */
  context: bigint;
  readonly parent: HandleRecord | undefined;
  readonly asynchronous: boolean;
  /** An FTP session or what was opened in one: closing it speaks with the server. */
  readonly ftp: boolean;
  /** Which InternetSetStatusCallback set the callback that it inherited or was given. */
  callbackWidth: Width;
  readonly children: Set<HandleRecord>;
  /** Operations that answered ERROR_IO_PENDING, the oldest first. */
  readonly pending: PendingOperation[];
}

/**
 * Which record a callback belongs to. Windows gives handle values out again after HANDLE_CLOSING, so a callback is
 * known by a context that is never used twice; the caller's own context stands beside it.
 */
export class HandleRecords {
  private readonly byRaw = new Map<bigint, HandleRecord>();
  private readonly byToken = new Map<bigint, HandleRecord>();
  private nextToken = FIRST_TOKEN;

  /** A handle that is about to be made. Its first callback may come before its value is known. */
  begin(parent: HandleRecord | undefined, context: bigint, asynchronous: boolean, ftp: boolean): HandleRecord {
    const record: HandleRecord = {
      raw: undefined, token: 0n, context: 0n, parent, asynchronous: parent?.asynchronous ?? asynchronous, ftp: ftp || parent?.ftp === true,
      callbackWidth: parent?.callbackWidth ?? 'W', children: new Set(), pending: [],
    };
    this.setContext(record, context);
    return record;
  }

  made(record: HandleRecord, raw: bigint): void {
    record.raw = raw;
    this.byRaw.set(raw, record);
    record.parent?.children.add(record);
  }

  /** Gives a handle another context; 0 takes it away. The new token is what Windows is to be given. */
  setContext(record: HandleRecord, context: bigint): void {
    record.context = context;
    if (context === 0n) {
      // The old token stays known: a callback that is under way still carries it.
      record.token = 0n;
      return;
    }
    record.token = this.nextToken;
    this.nextToken += 1n;
    this.byToken.set(record.token, record);
  }

  find(raw: bigint): HandleRecord | undefined {
    return this.byRaw.get(raw);
  }

  findToken(token: bigint): HandleRecord | undefined {
    return this.byToken.get(token);
  }

  /** The handle is gone for good: its last callback came, or none is due. */
  forget(record: HandleRecord): void {
    if (record.token !== 0n) this.byToken.delete(record.token);
    record.parent?.children.delete(record);
    if (record.raw !== undefined && this.byRaw.get(record.raw) === record) this.byRaw.delete(record.raw);
  }

  /** A handle and everything below it, the innermost first. */
  static subtree(record: HandleRecord): readonly HandleRecord[] {
    return [...[...record.children].flatMap((child) => HandleRecords.subtree(child)), record];
  }

  /** Handles without a parent that are still there. */
  roots(): readonly HandleRecord[] {
    return [...this.byRaw.values()].filter(({ parent }) => parent === undefined);
  }

  get live(): number {
    return this.byRaw.size;
  }
}
