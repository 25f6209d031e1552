import * as v from 'valibot';

const HEADERS = v.optional(v.array(v.object({ name: v.string(), value: v.string() })), []);
const DURATION = v.optional(v.pipe(v.number(), v.finite()), -1);

/** What of an entry of HAR 1.2 becomes part of a trace; the rest is not looked at. Bodies are left where they are. */
export const HAR_ENTRY = v.object({
  startedDateTime: v.string(),
  time: DURATION,
  pageref: v.optional(v.string()),
  request: v.object({ method: v.string(), url: v.string(), httpVersion: v.optional(v.string(), ''), headers: HEADERS, bodySize: DURATION }),
  response: v.object({
    status: v.number(), statusText: v.optional(v.string(), ''), httpVersion: v.optional(v.string(), ''), headers: HEADERS, bodySize: DURATION,
    content: v.optional(v.object({ size: DURATION, mimeType: v.optional(v.string(), '') })), _error: v.optional(v.nullable(v.string())),
  }),
  timings: v.optional(v.object({ blocked: DURATION, dns: DURATION, connect: DURATION, send: DURATION, wait: DURATION, receive: DURATION, ssl: DURATION })),
  serverIPAddress: v.optional(v.string()),
  connection: v.optional(v.string()),
});

export type HarEntry = v.InferOutput<typeof HAR_ENTRY>;

export const HAR_PAGE = v.object({ id: v.string(), title: v.optional(v.string(), ''), startedDateTime: v.optional(v.string(), '') });
export type HarPage = v.InferOutput<typeof HAR_PAGE>;

export const HAR_PROGRAM = v.object({ name: v.string(), version: v.optional(v.string(), '') });
