import type { OpenServerCommand } from '../../preload/contract/command';
import { errorMessage, type InspectorError } from '../../preload/contract/errors';
import { win32Error } from '../../preload/contract/win32-error';
import type { CompletionEvent, EventFields } from '../../preload/contract/event';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { HTTP_API_MEMBERS } from '../../preload/contract/win32/constants/http-api-members';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import type { FunctionArgs, FunctionName } from '../../preload/contract/win32/functions';
import { readUint64, uintBytes, type Address } from '../../preload/contract/win32/memory';
import { encodeStruct } from '../../preload/contract/win32/struct-codec';
import type { CallRecord, Inspector } from './inspector';
import type { Answerer } from './answering/answerer';
import { serverProperties } from './server-properties';

const ORIGIN = 'New server';
const VERSION_2 = 2;
const BINDING_PROPERTY = 7;
/** Receives kept waiting on a queue: enough that one completing leaves others for the next request. */
const RECEIVES = 4;
const REQUEST_BYTES = 16384;
const BODY_BYTES = 16384;
/** A body kept for the details pane is cut here. */
const KEPT_BODY = 256 * 1024;

interface Receive {
  readonly queue: bigint;
  readonly overlapped: Address;
  buffer: Address;
  size: number;
}

interface BodyRead {
  readonly request: HandleId;
  readonly queue: bigint;
  readonly id: bigint;
  readonly overlapped: Address;
  readonly buffer: Address;
}

/** What New server does: a bound queue that receives requests until it is closed, and hands each to the answering rules. */
export class ServerDriver {
  private readonly receives = new Map<Address, Receive>();
  private readonly bodyReads = new Map<Address, BodyRead>();
  private readonly bodies = new Map<HandleId, Uint8Array[]>();

  constructor(private readonly inspector: Inspector, private readonly answerer: Answerer) {
    inspector.onCompletion((event, overlapped) => this.follow(event, overlapped));
    inspector.trace.onForget((gone) => {
      for (const id of gone) this.bodies.delete(id);
    });
  }

  async open(command: OpenServerCommand): Promise<Result<HandleId, InspectorError>> {
    const { memory } = this.inspector.engine;
    const out = memory.alloc(8);
    try {
      const initialized = await this.check('HttpInitialize', { Version: VERSION_2, Flags: HTTP_API_MEMBERS.HTTP_INITIALIZE.SERVER });
      if (!initialized.ok) return initialized;
      const session = await this.check('HttpCreateServerSession', { Version: VERSION_2, ServerSessionId: out });
      if (!session.ok) return session;
      const sessionId = readUint64(memory, out);
      const group = await this.check('HttpCreateUrlGroup', { ServerSessionId: sessionId, pUrlGroupId: out });
      if (!group.ok) return group;
      const groupId = readUint64(memory, out);
      const queue = await this.check('HttpCreateRequestQueue', {
        Version: VERSION_2, Name: command.queueName === '' ? undefined : command.queueName, RequestQueueHandle: out,
      });
      if (!queue.ok) return queue.error.kind === 'win32' ? this.undo(sessionId, queue.error) : queue;
      const queueHandle = readUint64(memory, out);
      const bound = await this.bind(groupId, queueHandle);
      const set = bound.ok ? await this.setProperties(command, groupId, queueHandle) : bound;
      const added = set.ok ? await this.addUrls(command, groupId) : set;
      if (!added.ok) {
        await this.check('HttpCloseRequestQueue', { RequestQueueHandle: queueHandle });
        return this.undo(sessionId, added.error);
      }
      const id = queue.value.created;
      if (id === undefined) return err({ kind: 'stale-handle', message: 'The queue was made but not recorded.' });
      // Before the first receive: a client may be waiting already.
      this.answerer.setRules(id, command.rules ?? []);
      for (let i = 0; i < RECEIVES; i += 1) this.startReceive(queueHandle);
      return ok(id);
    } finally {
      memory.free(out);
    }
  }

  /** Whether the requests of a queue come here. */
  receivesFrom(queue: HandleId): boolean {
    const raw = this.inspector.registry.get(queue)?.raw;
    return raw !== undefined && [...this.receives.values()].some((receive) => receive.queue === raw);
  }

  /** The entity body received so far, at most 256 KB of it. */
  bodyOf(request: HandleId): Uint8Array {
    return Buffer.concat(this.bodies.get(request) ?? []);
  }

  private async bind(group: bigint, queue: bigint): Promise<Result<CallRecord, InspectorError>> {
    const { memory } = this.inspector.engine;
    const binding = encodeStruct(memory, 'HTTP_BINDING_INFO', { Flags: 1, RequestQueueHandle: queue });
    if (!binding.ok) return err({ kind: 'invalid-argument', issues: [{ field: 'binding', message: binding.error }] });
    const set = await this.check('HttpSetUrlGroupProperty', {
      UrlGroupId: group, Property: BINDING_PROPERTY, PropertyInformation: binding.value.address, PropertyInformationLength: binding.value.size,
    });
    for (const block of binding.value.blocks) memory.free(block);
    return set;
  }

  private async setProperties(command: OpenServerCommand, group: bigint, queue: bigint): Promise<Result<undefined, InspectorError>> {
    const properties = serverProperties(command, this.inspector.engine.memory);
    try {
      for (const { of, field, args } of properties) {
        const set = of === 'queue' ? await this.check('HttpSetRequestQueueProperty', { RequestQueueHandle: queue, ...args }) : await this.check('HttpSetUrlGroupProperty', { UrlGroupId: group, ...args });
        // Told beside its field: an engine may have the function and not the property.
        if (!set.ok) return err({ kind: 'invalid-argument', issues: [{ field, message: `was refused, and nothing was opened: ${errorMessage(set.error)}` }] });
      }
      return ok(undefined);
    } finally {
      for (const { free } of properties) free();
    }
  }

  private async addUrls(command: OpenServerCommand, group: bigint): Promise<Result<undefined, InspectorError>> {
    const more = (command.morePrefixes ?? '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
    for (const url of [command.urlPrefix, ...more]) {
      const added = await this.check('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: url });
      if (!added.ok) return added;
    }
    return ok(undefined);
  }

  /** Closes what was made before the step that failed, so that a mistake in the form leaves nothing open. */
  private async undo(session: bigint, error: InspectorError): Promise<Result<never, InspectorError>> {
    await this.check('HttpCloseServerSession', { ServerSessionId: session });
    await this.check('HttpTerminate', { Flags: HTTP_API_MEMBERS.HTTP_INITIALIZE.SERVER });
    return err(error);
  }

  private startReceive(queue: bigint): void {
    const { memory } = this.inspector.engine;
    const receive: Receive = { queue, overlapped: this.overlapped(), buffer: memory.alloc(REQUEST_BYTES), size: REQUEST_BYTES };
    this.receives.set(receive.overlapped, receive);
    void this.receive(receive, 0n);
  }

  private async receive(receive: Receive, id: bigint): Promise<void> {
    const { returned } = await this.call('HttpReceiveHttpRequest', {
      RequestQueueHandle: receive.queue, RequestId: id, RequestBuffer: receive.buffer, RequestBufferLength: receive.size, Overlapped: receive.overlapped,
    });
    // Answered at once: a completion still comes when the OVERLAPPED was used, unless the call failed.
    if (returned.outcome === 'success') this.received(receive, returned.created?.id, returned.out);
    else if (returned.error === WIN32_ERRORS.ERROR_MORE_DATA) void this.retry(receive, REQUEST_BYTES * 8);
    else if (returned.outcome === 'failure') this.stop(receive);
  }

  private follow(event: CompletionEvent, overlapped: Address): void {
    const receive = this.receives.get(overlapped);
    if (receive !== undefined) {
      if (event.error === 0) this.received(receive, event.created?.id, event.out);
      else if (event.error === WIN32_ERRORS.ERROR_MORE_DATA) void this.retry(receive, Math.max(event.bytes, REQUEST_BYTES * 2));
      else this.stop(receive);
      return;
    }
    const read = this.bodyReads.get(overlapped);
    if (read === undefined) return;
    if (event.error === 0 && event.bytes > 0) {
      this.keepBody(read, event.bytes);
      void this.readBody(read);
    } else {
      this.endBody(read);
    }
  }

  /** The request is bound to its id now: receive that one with room enough. */
  private async retry(receive: Receive, size: number): Promise<void> {
    const { memory } = this.inspector.engine;
    const id = readUint64(memory, receive.buffer + 16n);
    memory.free(receive.buffer);
    receive.buffer = memory.alloc(size);
    receive.size = size;
    this.resetOverlapped(receive.overlapped);
    await this.receive(receive, id);
  }

  private received(receive: Receive, created: HandleId | undefined, out: EventFields): void {
    const { memory } = this.inspector.engine;
    const id = readUint64(memory, receive.buffer + 16n);
    const request = created ?? this.inspector.registry.find('request', id)?.id;
    const more = (memory.read(receive.buffer, 1)[0] ?? 0) & HTTP_API_MEMBERS.HTTP_REQUEST_FLAG.MORE_ENTITY_BODY_EXISTS;
    if (request !== undefined && more !== 0) {
      const read: BodyRead = { request, queue: receive.queue, id, overlapped: this.overlapped(), buffer: memory.alloc(BODY_BYTES) };
      this.bodyReads.set(read.overlapped, read);
      void this.readBody(read);
    }
    if (request !== undefined) this.answerer.received(request, out);
    this.resetOverlapped(receive.overlapped);
    void this.receive(receive, 0n);
  }

  private async readBody(read: BodyRead): Promise<void> {
    this.resetOverlapped(read.overlapped);
    const { returned } = await this.call('HttpReceiveRequestEntityBody', {
      RequestQueueHandle: read.queue, RequestId: read.id, EntityBuffer: read.buffer, EntityBufferLength: BODY_BYTES, Overlapped: read.overlapped,
    });
    if (returned.outcome === 'success') {
      // InternalHigh holds the count when the read was answered at once.
      const count = Number(readUint64(this.inspector.engine.memory, read.overlapped + 8n));
      if (count === 0) this.endBody(read);
      else {
        this.keepBody(read, count);
        await this.readBody(read);
      }
    } else if (returned.outcome === 'failure') {
      this.endBody(read);
    }
  }

  private keepBody(read: BodyRead, count: number): void {
    const parts = this.bodies.get(read.request) ?? [];
    const kept = parts.reduce((sum, part) => sum + part.length, 0);
    if (kept < KEPT_BODY) parts.push(this.inspector.engine.memory.read(read.buffer, Math.min(count, KEPT_BODY - kept)));
    this.bodies.set(read.request, parts);
  }

  private endBody(read: BodyRead): void {
    if (!this.bodyReads.delete(read.overlapped)) return;
    this.inspector.engine.memory.free(read.buffer);
    this.releaseOverlapped(read.overlapped);
  }

  private stop(receive: Receive): void {
    if (!this.receives.delete(receive.overlapped)) return;
    this.inspector.engine.memory.free(receive.buffer);
    this.releaseOverlapped(receive.overlapped);
  }

  private overlapped(): Address {
    return this.inspector.engine.memory.alloc(32);
  }

  private releaseOverlapped(overlapped: Address): void {
    this.inspector.engine.memory.free(overlapped);
  }

  private resetOverlapped(overlapped: Address): void {
    this.inspector.engine.memory.write(overlapped, uintBytes(0n, 8));
  }

  private async call<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>): Promise<CallRecord> {
    return this.inspector.call(api, args, { origin: ORIGIN });
  }

  /** Calls a function of the HTTP Server API and turns its error code into an error. */
  private async check<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>): Promise<Result<CallRecord, InspectorError>> {
    const availability = this.inspector.engine.availability(api);
    if (!availability.available) return err({ kind: 'unavailable', api, reason: availability.reason });
    const record = await this.call(api, args);
    return record.returned.outcome === 'failure' ? err(win32Error(api, record.returned.error)) : ok(record);
  }
}
