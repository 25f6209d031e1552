import type { Outcome, StatusCallback } from '../../../electron/engine/engine';
import type { Inspector } from '../../../electron/inspector/inspector';
import { constantName } from '../../../preload/contract/win32/constant-table';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { decodeStatusPayload } from '../../../preload/contract/win32/status-payload';

const PENDING = 997;

interface Call {
  readonly name: FunctionName;
  readonly subject: bigint;
  readonly context: bigint;
  readonly overlapped: bigint;
  pends: boolean;
}

/** What a sequence called and heard, apart from the inspector's own record of it: the two must not err alike. */
export class Record {
  private readonly calls: Call[] = [];
  private readonly heard: StatusCallback[] = [];
  private readonly completions: bigint[] = [];
  private context = 100n;

  constructor(inspector: Inspector) {
    inspector.onCallback(({ raw }) => { this.heard.push(raw); });
    inspector.onCompletion((_event, overlapped) => { this.completions.push(overlapped); });
  }

  nextContext(): bigint {
    this.context += 1n;
    return this.context;
  }

  begin(name: FunctionName, args: Readonly<{ [name: string]: unknown }>): Call {
    const big = (key: string | undefined): bigint => {
      const value = key === undefined ? undefined : args[key];
      return typeof value === 'bigint' ? value : 0n;
    };
    const call: Call = { name, subject: big(signatureOf(name).subject), context: big('dwContext'), overlapped: big('Overlapped'), pends: false };
    this.calls.push(call);
    return call;
  }

  end(call: Call, { returns, lastError }: Outcome): void {
    const { name } = call;
    if (signatureOf(name).returns === 'ERROR') call.pends = Number(returns) === PENDING;
    else call.pends = BigInt(returns) === 0n && lastError === PENDING;
  }

  /** Whether every end that can be told was told. */
  get settled(): boolean {
    return this.missing().length === 0;
  }

  /** The rules of the handles and of the OVERLAPPEDs, each broken one in words. */
  problems(): readonly string[] {
    return [...this.missing(), ...this.afterClosing(), ...this.completeTwice(), ...this.parentsFirst()];
  }

  private statuses(handle: bigint): readonly number[] {
    return this.heard.filter((event) => event.hInternet === handle && event.dwInternetStatus !== INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED)
      .map((event) => event.dwInternetStatus);
  }

  /** Handles that HANDLE_CREATED told of: those that are owed their end. */
  private created(): readonly { readonly child: bigint; readonly parent: bigint }[] {
    return this.heard.flatMap((event) => {
      const payload = decodeStatusPayload(event.dwInternetStatus, event.information, event.width);
      return event.dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED && payload.kind === 'handle' ? [{ child: payload.raw, parent: event.hInternet }] : [];
    });
  }

  private missing(): readonly string[] {
    const closing = this.created().filter(({ child }) => !this.statuses(child).includes(INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING))
      .map(({ child }) => `0x${child.toString(16)} has had no HANDLE_CLOSING`);
    const owed = this.calls.filter(({ pends, overlapped }) => pends && overlapped !== 0n && !this.completions.includes(overlapped))
      .map(({ name }) => `${name} pends and has not completed`);
    const contexts = this.calls.filter(({ name, pends, context }) => name === 'InternetOpenUrl' && pends && this.completesOf((event) => event.dwContext === context) === 0)
      .map(() => 'InternetOpenUrl pends and has not completed');
    return [...closing, ...owed, ...contexts];
  }

  private completesOf(which: (event: StatusCallback) => boolean): number {
    return this.heard.filter((event) => event.dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE && which(event)).length;
  }

  private afterClosing(): readonly string[] {
    return this.created().flatMap(({ child }) => {
      const statuses = this.statuses(child);
      const after = statuses.slice(statuses.indexOf(INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) + 1);
      return statuses.includes(INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) && after.length > 0
        ? [`0x${child.toString(16)} hears ${after.map((status) => constantName('INTERNET_STATUS', status) ?? status).join(', ')} after its HANDLE_CLOSING`] : [];
    });
  }

  /** One REQUEST_COMPLETE for each call that answered ERROR_IO_PENDING, no more and no fewer; one completion an OVERLAPPED. */
  private completeTwice(): readonly string[] {
    const handles = new Set(this.created().map(({ child }) => child));
    const requests = [...handles].flatMap((handle) => {
      const pended = this.calls.filter(({ name, subject, pends }) => subject === handle && pends && name !== 'InternetCloseHandle').length;
      const byUrl = this.heard.find((event) => event.hInternet === handle && event.dwContext > 100n) === undefined ? 0 : 1;
      const completes = this.completesOf((event) => event.hInternet === handle);
      return completes === pended + byUrl ? [] : [`0x${handle.toString(16)} pended ${pended + byUrl} times and completed ${completes} times`];
    });
    const doubled = this.completions.filter((overlapped, index) => this.completions.indexOf(overlapped) !== index);
    return [...requests, ...doubled.map((overlapped) => `The OVERLAPPED at 0x${overlapped.toString(16)} completed twice`)];
  }

  private parentsFirst(): readonly string[] {
    const closedAt = (handle: bigint): number => this.heard.findIndex((event) => event.hInternet === handle && event.dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING);
    return this.created().filter(({ child, parent }) => closedAt(parent) >= 0 && closedAt(child) > closedAt(parent))
      .map(({ child, parent }) => `0x${parent.toString(16)} closed before its child 0x${child.toString(16)}`);
  }
}
