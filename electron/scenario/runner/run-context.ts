import type { Inspector } from '../../inspector/inspector';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import type { ThreadId } from '../../engine/engine';
import type { AcceptedConnections } from '../peers/accepted-connections';
import type { PeerConnection } from '../peers/connection';
import type { Bindings } from './bindings';
import type { ObservedCall, Observations } from './observations';
import type { Arena } from './out-memory';

/** What the steps of one run share. */
export interface RunContext {
  readonly name: string;
  readonly inspector: Inspector;
  readonly bindings: Bindings;
  readonly observations: Observations;
  readonly arena: Arena;
  /** Where the trace stood when the run began: findings before are not its own. */
  readonly since: number;
  /** Handles in the order of their creation, to be closed in reverse. */
  readonly created: CreatedHandle[];
  /** Events that the runner made for OVERLAPPEDs: no handles of the scenario, closed when nothing is pending any more. */
  readonly events: bigint[];
  /** Client connections, to be ended with the run. */
  readonly clients: PeerConnection[];
  /** Of the scripted servers: what the script may speak on by hand. */
  readonly server: AcceptedConnections | undefined;
  readonly ftp: AcceptedConnections | undefined;
  /** Function pointers of recorders by their names. */
  readonly recorder: (name: string) => bigint;
  readonly recorderName: (pointer: bigint) => string | undefined;
}

export interface CreatedHandle {
  readonly call: ObservedCall;
  readonly raw: bigint;
  readonly id: HandleId | undefined;
}

/** On which thread a step runs: of the callback it stands in, or the application's own. */
export interface Place {
  readonly thread: ThreadId | undefined;
  readonly inCallback: Seq | undefined;
}
