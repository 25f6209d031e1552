import type { Step } from '../language/step';
import { recordOf, type Datum } from '../values/datum';
import { describe } from '../values/describe';
import { evaluate } from '../values/evaluate';
import { toInteger } from '../values/integer';
import { makeCall } from './call-step';
import { outDatum } from './call-binding';
import { pended } from './observations';
import type { Place, RunContext } from './run-context';
import { broken, done } from './step-result';
import type { WaitResult } from './wait-step';
import { endOfCall } from './wait-step';

/** Bytes asked for at a time when the step does not say. */
const DEFAULT_SIZE = 4096n;
/** How long one pending read is waited for, in milliseconds. */
const LONGEST_READ = 10_000;

/** InternetReadFile until it reads nothing, waiting for each read that pends. */
export async function runReadAll(step: Extract<Step, { verb: 'readAll' }>, place: Place, context: RunContext): Promise<WaitResult> {
  const size = step.size === undefined ? { ok: true as const, value: DEFAULT_SIZE } : evaluateSize(step, context);
  if (!size.ok) return { outcome: broken('size', 'a number of bytes', size.error), datum: undefined };
  const pieces: Uint8Array[] = [];
  let pendedReads = 0n;
  for (;;) {
    const attempt = await makeCall({
      at: step.at, path: step.path, id: undefined, as: undefined, verb: 'call', function: 'InternetReadFile', functionAt: step.at, expect: undefined,
      with: [
        { parameter: 'hFile', at: step.at, value: step.file },
        { parameter: 'dwNumberOfBytesToRead', at: step.at, value: { kind: 'integer', value: size.value, source: String(size.value), at: step.at } },
      ],
    }, place, context);
    if (attempt.made === undefined) return { outcome: attempt.outcome, datum: undefined };
    const { call, prepared } = attempt.made;
    if (pended(call)) {
      pendedReads++;
      const ended = await endOfCall(call, LONGEST_READ, context);
      const result = ended.ok ? ended.value.datum.part('result')?.value : undefined;
      if (!ended.ok) return stuck('every pending read to complete', ended.error, pieces);
      if (result !== 0n) return stuck('every read to succeed', ended.value.words, pieces);
    } else if (Number(call.outcome?.returns ?? 0) === 0) {
      return stuck('every read to succeed', attempt.outcome.observed, pieces);
    }
    const read = outDatum(call, prepared, 'lpBuffer')?.value;
    const bytes = typeof read === 'object' && 'kind' in read && read.kind === 'memory' ? read.read() : undefined;
    if (!(bytes instanceof Uint8Array) || bytes.length === 0) break;
    pieces.push(bytes);
  }
  const whole = new Uint8Array(Buffer.concat(pieces));
  return {
    outcome: done([], `read ${whole.length} bytes in ${pieces.length} reads: ${describe(whole)}`),
    datum: recordOf(() => whole, {
      text: (): Datum => whole, bytes: () => BigInt(whole.length), reads: () => BigInt(pieces.length), pended: () => pendedReads,
    }),
  };
}

function evaluateSize(step: Extract<Step, { verb: 'readAll' }>, context: RunContext): ReturnType<typeof toInteger> {
  if (step.size === undefined) return { ok: true, value: DEFAULT_SIZE };
  const datum = evaluate(step.size, context.bindings);
  return datum.ok ? toInteger(datum.value) : datum;
}

function stuck(expected: string, observed: string, pieces: readonly Uint8Array[]): WaitResult {
  const read = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { outcome: broken('readAll', expected, `${observed}, after ${read} bytes`), datum: undefined };
}
