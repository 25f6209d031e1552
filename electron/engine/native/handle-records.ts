import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { Width } from '../../../preload/contract/win32/signature';
import type { PendingOperation } from './pending-operation';

/** Tokens begin here, far from the small numbers that people choose as contexts. */
const FIRST_TOKEN = 0x4849_4e53_0000_0001n;

/** What the engine knows of one HINTERNET that it made. */
export interface HandleRecord {
  readonly madeBy: FunctionName;
  /** The value Windows gave it; undefined while it is being made. */
  raw: bigint | undefined;
  /** What Windows was given as dwContext: unique, or 0 when the caller's context is NULL. */
  token: bigint;
  /** Every token it was ever given: a callback that is under way still carries the one before. */
  readonly tokens: Set<bigint>;
  /** The caller's context. */
  context: bigint;
  readonly parent: HandleRecord | undefined;
  readonly asynchronous: boolean;
  /** An FTP session or what was opened in one: closing it speaks with the server. */
  readonly ftp: boolean;
  /** Which InternetSetStatusCallback set the callback that it inherited or was given. */
  callbackWidth: Width;
  /** Whether it has a callback that this engine hears of. */
  calledBack: boolean;
  readonly children: Set<HandleRecord>;
  /** Operations that answered ERROR_IO_PENDING, the oldest first. */
  readonly pending: PendingOperation[];
  /** Its last callback came, or it was closed and is owed none. */
  gone: boolean;
}

/** What is known of a handle before it is made. */
export interface HandleBirth {
  readonly madeBy: FunctionName;
  readonly context: bigint;
  readonly asynchronous: boolean;
  readonly ftp: boolean;
}

/** Whether callbacks tell what becomes of a handle: it has one, and a context. Else its close is the last that is heard. */
export function isTold({ token, calledBack }: HandleRecord): boolean {
  return token !== 0n && calledBack;
}

/**
 * Which record a callback belongs to. Windows gives handle values out again after HANDLE_CLOSING, so a callback is
 * known by a context that is never used twice; the caller's own context stands beside it.
 */
export class HandleRecords {
  /** Made and not gone. More than byRaw knows: the value of a handle that was closed may be another's already. */
  private readonly living = new Set<HandleRecord>();
  private readonly byRaw = new Map<bigint, HandleRecord>();
  private readonly byToken = new Map<bigint, HandleRecord>();
  private nextToken = FIRST_TOKEN;

  /** A handle that is about to be made. Its first callback may come before its value is known. */
  begin(parent: HandleRecord | undefined, { madeBy, context, asynchronous, ftp }: HandleBirth): HandleRecord {
    const record: HandleRecord = {
      madeBy, raw: undefined, token: 0n, tokens: new Set(), context: 0n, parent, asynchronous: parent?.asynchronous ?? asynchronous,
      ftp: ftp || parent?.ftp === true, callbackWidth: parent?.callbackWidth ?? 'W', calledBack: parent?.calledBack ?? false,
      children: new Set(), pending: [], gone: false,
    };
    this.setContext(record, context);
    return record;
  }

  /** Its value is known. It may be gone already: a call on a pool thread is told of after its handle's callbacks. */
  made(record: HandleRecord, raw: bigint): void {
    if (record.gone) return;
    record.raw = raw;
    this.living.add(record);
    this.byRaw.set(raw, record);
    record.parent?.children.add(record);
  }

  /** Gives a handle another context; 0 takes it away. The new token is what Windows is to be given. */
  setContext(record: HandleRecord, context: bigint): void {
    record.context = context;
    if (context === 0n) {
      record.token = 0n;
      return;
    }
    record.token = this.nextToken;
    this.nextToken += 1n;
    record.tokens.add(record.token);
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
    record.gone = true;
    this.living.delete(record);
    for (const token of record.tokens) this.byToken.delete(token);
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
    return this.living.size;
  }

  /** The handles that are still there, the oldest first. */
  all(): readonly HandleRecord[] {
    return [...this.living];
  }
}

/** What a handle is, in words, for whoever looks for one that should be gone. */
export function describeHandle({ madeBy, raw, asynchronous, context, calledBack, pending, gone }: HandleRecord): string {
  return [
    `0x${(raw ?? 0n).toString(16)} of ${madeBy}`, asynchronous ? 'asynchronous' : 'synchronous', context === 0n ? 'a NULL context' : `context 0x${context.toString(16)}`,
    calledBack ? 'a callback' : 'no callback', ...pending.map(({ name }) => `${name} pending`), ...(gone ? ['gone'] : []),
  ].join(', ');
}
