import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { part } from '../values/navigate';
import { findName, isMemory, type Datum, type MemoryDatum, type RecordDatum } from '../values/datum';
import type { NameHint } from '../values/describe';
import type { CallArguments } from './call-arguments';
import { pended, type ObservedCall, type Observations } from './observations';
import { findParameter } from '../language/parameters';

/** What a call leaves behind for later steps: what it made, its OUT parameters, what it returned. */
export function callDatum(
  call: ObservedCall, prepared: CallArguments, observations: Observations, recorderName: (pointer: bigint) => string | undefined,
): RecordDatum {
  const returns = (): Datum => returnedDatum(call, recorderName);
  const lastError = (): Datum => (call.outcome === undefined ? undefined : BigInt(call.outcome.lastError));
  return {
    kind: 'record',
    self: () => made(call, prepared, observations) ?? returns(),
    parts: () => ['returns', 'lastError', ...prepared.out.keys()],
    part: (name) => {
      if (name === 'returns') return { value: returns() };
      if (name === 'lastError') return { value: lastError() };
      const out = outDatum(call, prepared, name);
      if (out !== undefined) return out;
      if (name === 'thread') return call.outcome === undefined ? undefined : { value: BigInt(call.outcome.thread) };
      return undefined;
    },
  };
}

/** OUT parameter P, or field P of an OUT structure. */
export function outDatum(call: ObservedCall, prepared: CallArguments, name: string): { readonly value: Datum } | undefined {
  const parameter = findParameter(call.name, name)?.name ?? findName(name, [...prepared.out.keys()]);
  const memory = parameter === undefined ? undefined : prepared.out.get(parameter);
  if (memory !== undefined) return { value: memory };
  for (const struct of prepared.structs) {
    const field = fieldOf(struct, name);
    if (field !== undefined) return field;
  }
  return undefined;
}

function fieldOf(struct: MemoryDatum, name: string): { readonly value: Datum } | undefined {
  const found = part(struct, name);
  return found.ok ? { value: found.value } : undefined;
}

/** What a function gave back; a previous callback by the name of its recorder. */
export function returnedDatum(call: ObservedCall, recorderName: (pointer: bigint) => string | undefined): Datum {
  if (call.outcome === undefined) return undefined;
  const value = BigInt(call.outcome.returns);
  if (signatureOf(call.name).returns !== 'CALLBACK') return value;
  return value === 0n ? undefined : (recorderName(value) ?? value);
}

/** What the result of a function is a number of. */
export function resultHint(name: FunctionName): NameHint | undefined {
  const { returns } = signatureOf(name);
  if (returns === 'ERROR') return { kind: 'error' };
  return returns === 'BOOL' ? { kind: 'boolean' } : undefined;
}

/** The handle or id that a call made, or the OVERLAPPED it was given. */
function made(call: ObservedCall, prepared: CallArguments, observations: Observations): Datum {
  const signature = signatureOf(call.name);
  if (signature.dll !== 'kernel32' && prepared.overlapped !== undefined) return prepared.overlapped;
  if (signature.returns === 'HINTERNET' || signature.returns === 'HANDLE') {
    const raw = call.outcome === undefined ? 0n : BigInt(call.outcome.returns);
    if (raw !== 0n || !pended(call)) return raw;
    // An asynchronous open hands its handle over when it completes.
    const payload = observations.completeOf(call)?.payload;
    return payload?.kind === 'async-result' ? payload.dwResult : raw;
  }
  for (const [name, param] of Object.entries(signature.params)) {
    const memory = prepared.out.get(name);
    if (param.kind === 'out' && (param.of === 'HTTP_ID' || param.of === 'HANDLE') && memory !== undefined) return memory.read();
  }
  const [struct] = prepared.structs;
  const request = struct === undefined ? undefined : fieldOf(struct, 'RequestId');
  return request === undefined || isMemory(request.value) ? undefined : request.value;
}
