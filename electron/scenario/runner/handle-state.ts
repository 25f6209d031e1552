import type { HandleState } from '../../../preload/contract/handle';
import { signatureOf } from '../../../preload/contract/win32/functions';
import type { Namespace } from '../../inspector/registry';
import { isMemory, type Datum } from '../values/datum';
import { outDatum } from './call-binding';
import type { ObservedCall } from './observations';
import type { RunContext } from './run-context';

/** The state in the handle tree of what a call made; undefined for what is no handle there. */
export function stateOfHandle(datum: Datum, raw: bigint, context: RunContext): HandleState | undefined {
  const { inspector, bindings } = context;
  const bound = bindings.boundTo(datum);
  const made = bound?.call === undefined ? undefined : context.created.find((one) => one.call === bound.call);
  if (made?.id !== undefined) return inspector.trace.tree.get(made.id)?.state;
  // A received request is made by the completion of its receive.
  const received = bound?.call === undefined || bound.prepared === undefined ? undefined : outDatum(bound.call, bound.prepared, 'RequestId')?.value;
  const id = isMemory(received) ? received.read() : received;
  if (typeof id === 'bigint') return stateIn(['request'], id, context);
  return stateIn(bound?.call === undefined ? EVERY : namespacesOf(bound.call), raw, context);
}

const EVERY: readonly Namespace[] = ['HINTERNET', 'request', 'HANDLE', 'url-group', 'server-session'];

function namespacesOf(call: ObservedCall): readonly Namespace[] {
  const { returns } = signatureOf(call.name);
  return returns === 'HINTERNET' || returns === 'HANDLE' ? [returns] : EVERY;
}

function stateIn(namespaces: readonly Namespace[], raw: bigint, { inspector }: RunContext): HandleState | undefined {
  for (const namespace of namespaces) {
    const registered = inspector.registry.find(namespace, raw);
    if (registered !== undefined) return inspector.trace.tree.get(registered.id)?.state;
  }
  return undefined;
}
