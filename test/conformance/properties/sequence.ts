import fc from 'fast-check';

/** What the peer, or the engine's own server, does with a request for a path. */
export const PATHS = ['/now', '/late', '/never', '/half', '/redirect', '/close', '/reset', '/chunked', '/served'] as const;
export type RequestPath = (typeof PATHS)[number];

/** The callbacks inside which a sequence may close a request. */
export const MOMENTS = ['CONNECTING_TO_SERVER', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED', 'REDIRECT', 'REQUEST_COMPLETE', 'HANDLE_CLOSING'] as const;
export type Moment = (typeof MOMENTS)[number];

/**
 * One thing that an application does. Handles and receives are named by their place among the steps that make them,
 * counted round, whether or not the making succeeded: a sequence means the same wherever it is played.
 */
export type Step =
  | { readonly do: 'connect'; readonly context: boolean }
  | { readonly do: 'open'; readonly at: number; readonly path: RequestPath; readonly context: boolean }
  | { readonly do: 'openUrl'; readonly path: RequestPath }
  | { readonly do: 'send' | 'sendEx' | 'write' | 'end' | 'available' | 'closeRequest'; readonly at: number }
  | { readonly do: 'read' | 'readEx'; readonly at: number; readonly size: number }
  | { readonly do: 'closeConnection'; readonly at: number }
  | { readonly do: 'closeInside'; readonly at: number; readonly moment: Moment }
  | { readonly do: 'closeSession' }
  | { readonly do: 'receive' }
  | { readonly do: 'respond' | 'cancel' | 'cancelReceive'; readonly at: number }
  | { readonly do: 'closeQueue' }
  | { readonly do: 'turn'; readonly count: number };

export interface Sequence {
  readonly asynchronous: boolean;
  readonly steps: readonly Step[];
}

const at = fc.nat(7);
const context = fc.constantFrom(true, true, true, false);
const path = fc.constantFrom(...PATHS);
const size = fc.constantFrom(1, 4, 64);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), context }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), at, path, context }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('openUrl' as const), path }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), at }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('sendEx' as const, 'write' as const, 'end' as const, 'available' as const), at }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('read' as const, 'readEx' as const), at, size }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('closeRequest' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('closeConnection' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('closeInside' as const), at, moment: fc.constantFrom(...MOMENTS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('closeSession' as const, 'closeQueue' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('receive' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('respond' as const, 'cancel' as const, 'cancelReceive' as const), at }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('turn' as const), count: fc.integer({ min: 1, max: 6 }) }) },
);

/** So that there is always something pending, to close. */
const FIRST: readonly Step[] = [
  { do: 'connect', context: true }, { do: 'open', at: 0, path: '/late', context: true }, { do: 'send', at: 0 },
];

/** A thread that waits for an answer must get one: nobody else can act for it meanwhile. */
const ANSWERED: Readonly<Partial<Record<RequestPath, RequestPath>>> = { '/never': '/now', '/half': '/chunked', '/served': '/late' };

function answered(one: Step): Step {
  return 'path' in one ? { ...one, path: ANSWERED[one.path] ?? one.path } : one;
}

/** Asynchronous ones above all; below a synchronous session one thread does everything in turn. */
export const sequence: fc.Arbitrary<Sequence> = fc.record({
  asynchronous: fc.constantFrom(true, true, true, false),
  steps: fc.array(step, { maxLength: 24 }).map((steps) => [...FIRST, ...steps]),
}).map(({ asynchronous, steps }) => ({ asynchronous, steps: asynchronous ? steps : steps.map(answered) }));

/** Whether the engine's own HTTP server takes part. */
export function isServed({ steps }: Sequence): boolean {
  return steps.some((one) => one.do === 'receive' || one.do === 'closeQueue' || ('path' in one && one.path === '/served'));
}
