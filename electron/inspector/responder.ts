import { MOST_ANSWER_BYTES, type MessageBody } from '../../preload/contract/body-file';
import type { InspectorError } from '../../preload/contract/errors';
import { win32Error } from '../../preload/contract/win32-error';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import type { FunctionArgs, FunctionName } from '../../preload/contract/win32/functions';
import { encodeStruct, type StructFields } from '../../preload/contract/win32/struct-codec';
import { KNOWN_HEADERS } from '../../preload/contract/win32/structs';
import type { BodyFiles } from './body-files';
import type { Inspector } from './inspector';
import { withContentType } from './message-headers';

/** A response as a form or a rule has it. */
export interface ResponseText extends MessageBody {
  readonly status: number;
  readonly reason: string;
  /** Header lines, "Name: value". */
  readonly headers: string;
}

/** Ends received requests: by an answer, or by HttpCancelHttpRequest. The one place that does, for a person and for a rule. */
export class Responder {
  constructor(private readonly inspector: Inspector, private readonly files: BodyFiles) {}

  /** @param origin who asks, as the trace says it */
  async respond(request: HandleId, text: ResponseText, origin: string): Promise<Result<undefined, InspectorError>> {
    const known = this.target(request);
    if (!known.ok) return known;
    const body = await this.bytesOf(text);
    if (!body.ok) return body;
    // A file takes its time: the request may have ended meanwhile, and the call then says so.
    const response = encodeStruct(this.inspector.engine.memory, 'HTTP_RESPONSE_V2', responseFields(text, body.value));
    if (!response.ok) return err({ kind: 'invalid-argument', issues: [{ field: 'headers', message: response.error }] });
    const { queue, id } = known.value;
    const sent = await this.check('HttpSendHttpResponse', { RequestQueueHandle: queue, RequestId: id, HttpResponse: response.value.address }, origin);
    for (const block of response.value.blocks) this.inspector.engine.memory.free(block);
    return sent;
  }

  async cancel(request: HandleId, origin: string): Promise<Result<undefined, InspectorError>> {
    const known = this.target(request);
    if (!known.ok) return known;
    return this.check('HttpCancelHttpRequest', { RequestQueueHandle: known.value.queue, RequestId: known.value.id }, origin);
  }

  private async bytesOf({ bodyKind, body, bodyFile }: MessageBody): Promise<Result<Uint8Array, InspectorError>> {
    return bodyKind === 'file' ? this.files.read(bodyFile ?? '', MOST_ANSWER_BYTES) : ok(new TextEncoder().encode(body));
  }

  /** The queue and id that the API wants for a request. */
  private target(request: HandleId): Result<{ readonly queue: bigint; readonly id: bigint }, InspectorError> {
    const registered = this.inspector.registry.get(request);
    const parent = this.inspector.trace.tree.get(request)?.parent;
    const queue = parent === undefined ? undefined : this.inspector.registry.get(parent);
    if (registered?.namespace !== 'request' || queue === undefined) {
      return err({ kind: 'stale-handle', message: 'This is not a received request. Select a request below a queue.' });
    }
    return ok({ queue: queue.raw, id: registered.raw });
  }

  private async check<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>, origin: string): Promise<Result<undefined, InspectorError>> {
    const availability = this.inspector.engine.availability(api);
    if (!availability.available) return err({ kind: 'unavailable', api, reason: availability.reason });
    const { returned } = await this.inspector.call(api, args, { origin });
    return returned.outcome === 'failure' ? err(win32Error(api, returned.error)) : ok(undefined);
  }
}

/** The response as HTTP_RESPONSE: known headers by id, the others by name. */
function responseFields(text: ResponseText, body: Uint8Array): StructFields {
  const known: Record<string, string> = {};
  const unknown: StructFields[] = [];
  for (const line of withContentType(text.headers, text.bodyKind)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    const wire = KNOWN_HEADERS.response.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (wire !== undefined && known[wire] === undefined) known[wire] = value;
    else unknown.push({ pName: name, pRawValue: value });
  }
  return {
    StatusCode: text.status, pReason: text.reason, Headers: { KnownHeaders: known, pUnknownHeaders: unknown },
    pEntityChunks: body.length === 0 ? [] : [body],
  };
}
