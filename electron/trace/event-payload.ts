import type { TraceEvent } from '../../preload/contract/event';

/** What the columns hold of an event. */
export type InColumns = 'kind' | 'seq' | 'time' | 'thread' | 'handle' | 'call' | 'completes' | 'inCallback' | 'callback';

/** Everything else of it. A field that is forgotten below does not compile: optional ones are to be named too. */
type Payload<E> = { readonly [K in Exclude<keyof E, InColumns>]-?: E[K] | undefined };

/**
 * What the columns do not hold of an event, as JSON. Named field by field: taking a copy apart, or setting what is not
 * wanted to undefined, costs several times what the text itself does, at every event.
 */
export function payloadOf(event: TraceEvent): string {
  switch (event.kind) {
    case 'call': return json<Payload<typeof event>>({ api: event.api, width: event.width, args: event.args, origin: event.origin, provoked: event.provoked });
    case 'return': return json<Payload<typeof event>>({
      api: event.api, returns: event.returns, error: event.error, errorReliable: event.errorReliable, outcome: event.outcome, out: event.out, created: event.created,
    });
    case 'callback': return json<Payload<typeof event>>({
      status: event.status, payload: event.payload, bytes: event.bytes, width: event.width, context: event.context, via: event.via, out: event.out,
      created: event.created,
    });
    case 'callback-return': return json<Payload<typeof event>>({ status: event.status, duration: event.duration, held: event.held });
    case 'completion': return json<Payload<typeof event>>({ api: event.api, error: event.error, bytes: event.bytes, out: event.out, created: event.created });
    case 'connection': return json<Payload<typeof event>>({ what: event.what, connectionId: event.connectionId, remote: event.remote, lost: event.lost });
    case 'note': return json<Payload<typeof event>>({ level: event.level, text: event.text });
    case 'observed': return json<Payload<typeof event>>({
      source: event.source, name: event.name, fields: event.fields, error: event.error, failed: event.failed, created: event.created, phase: event.phase,
      became: event.became, says: event.says,
    });
    case 'engine-lost': return json<Payload<typeof event>>({ reason: event.reason });
  }
}

function json<T>(payload: T): string {
  return JSON.stringify(payload);
}
