import type { CopyRequest } from '../../preload/contract/code';
import type { InspectorError } from '../../preload/contract/errors';
import { dumpText, hexLines } from '../../preload/contract/hex-dump';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { CODE_SCHEMA, COPY_SCHEMA, PAGE_SCHEMA } from '../../preload/contract/schemas';
import { detailsOf } from '../inspector/details';
import { detailsText } from '../inspector/details-text';
import { ExchangeReader } from '../http-exchange/exchange-reader';
import { messageText } from '../http-exchange/message-text';
import type { Desk } from '../session/desk/desk';
import { codeOf } from '../session/export/code/code';
import type { ExportSource } from '../session/export/export-source';
import { parse } from './parse';

export interface CopyParts {
  /** What is copied is what is shown. */
  readonly desk: Desk;
  readonly bodyOf: (request: HandleId) => Uint8Array;
  readonly copyText: (text: string) => void;
  /** Hands an address to the person's browser. */
  readonly openAddress: (address: string) => Promise<void>;
  /** Version of the application. */
  readonly version: string;
}

/** What answers the part of the bridge that puts what is shown to use elsewhere. */
export interface CopyHandlers {
  code(request: unknown): Result<string, InspectorError>;
  copy(request: unknown): Result<undefined, InspectorError>;
  openPage(address: unknown): Promise<Result<undefined, InspectorError>>;
}

export function createCopyHandlers({ desk, bodyOf, copyText, openAddress, version }: CopyParts): CopyHandlers {
  // The time of the clock is in no code.
  const source = (): ExportSource => ({ trace: desk.shown.trace, end: desk.shown.trace.log.length, startedAt: 0, application: version });
  const exchanges = new ExchangeReader();
  const textOf = (request: CopyRequest): Result<string, InspectorError> => {
    if (request.kind === 'code') return codeOf(source(), request.code);
    if (request.kind === 'raw') {
      const node = desk.shown.trace.tree.get(request.handle);
      return node === undefined ? err({ kind: 'stale-handle', message: `There is no handle #${request.handle} in what is shown.` }) : ok(node.raw);
    }
    if (request.kind === 'http') return messageText(exchanges.answer(desk.shown.trace, request.query), request);
    const details = detailsOf(desk.shown.trace, request.kind === 'bytes' ? { kind: 'event', seq: request.seq } : request.target, bodyOf);
    if (!details.ok) return details;
    if (request.kind === 'bytes') {
      const buffer = details.value.kind === 'event' ? details.value.buffers[request.place] : undefined;
      return buffer === undefined ? err({ kind: 'stale-handle', message: `Event ${request.seq} has no such bytes.` }) : ok(dumpText(hexLines(buffer.hex, 16)));
    }
    return ok(request.format === 'json' ? JSON.stringify(details.value, undefined, 2) : detailsText(details.value));
  };
  return {
    code: (input) => {
      const request = parse(CODE_SCHEMA, input);
      return request.ok ? codeOf(source(), request.value) : request;
    },
    copy: (input) => {
      const request = parse(COPY_SCHEMA, input);
      if (!request.ok) return request;
      const text = textOf(request.value);
      if (!text.ok) return text;
      copyText(text.value);
      return ok(undefined);
    },
    openPage: async (input) => {
      const address = parse(PAGE_SCHEMA, input);
      if (!address.ok) return address;
      try {
        await openAddress(address.value);
        return ok(undefined);
      } catch (failure) {
        return { ok: false, error: { kind: 'unavailable', api: 'openExternal', reason: failure instanceof Error ? failure.message : String(failure) } };
      }
    },
  };
}
