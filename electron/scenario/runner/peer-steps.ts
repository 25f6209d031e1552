import { err, ok, type Result } from '../../../preload/contract/result';
import type { ClientAction, ClosedExpectation, PeerAction, ReceiveUntil } from '../language/step';
import type { Value } from '../language/value';
import type { AcceptedConnections } from '../peers/accepted-connections';
import { connectClient } from '../peers/client';
import type { PeerConnection, Until } from '../peers/connection';
import { receivedDatum, requestDatum } from '../peers/message-datum';
import { readMessage } from '../peers/http-message';
import type { Timer } from '../run-clock';
import { pause } from '../signal';
import { recordOf, type Datum, type RecordDatum } from '../values/datum';
import { describe } from '../values/describe';
import { evaluate, evaluateBytes, textOf } from '../values/evaluate';
import { toInteger } from '../values/integer';
import type { RunContext } from './run-context';
import { broken, done, type StepOutcome } from './step-result';
import type { WaitResult } from './wait-step';
import { DEFAULT_WITHIN } from '../language/step';

/** What a peer step gave; a connection, when it made one. */
export interface PeerResult extends WaitResult {
  readonly connection: PeerConnection | undefined;
}

const LOOPBACK = '127.0.0.1';

function result(outcome: StepOutcome, datum: Datum = undefined, connection: PeerConnection | undefined = undefined): PeerResult {
  return { outcome, datum, connection };
}

export async function runClient(action: ClientAction, context: RunContext): Promise<PeerResult> {
  if (action.kind === 'connect') return connect(action, context);
  const on = connectionOf(action.on, context);
  if (!on.ok) return result(broken('on', 'a connection', on.error));
  switch (action.kind) {
    case 'send':
      return send(action.bytes, on.value, context);
    case 'receive':
      return receive(action.until, action.within, on.value, context, (bytes) => receivedDatum(bytes, on.value.answersHead));
    case 'expect':
      return expectClosed(action, on.value, context.observations.clock);
    case 'close':
      on.value.close(action.how);
      return result(done([], `closed (${action.how})`));
  }
}

async function connect(action: Extract<ClientAction, { kind: 'connect' }>, context: RunContext): Promise<PeerResult> {
  const port = numberOf(action.port, context);
  if (!port.ok) return result(broken('port', 'a port', port.error));
  const host = action.host === undefined ? ok(LOOPBACK) : evaluate(action.host, context.bindings);
  const address = host.ok ? (textOf(host.value) ?? LOOPBACK) : LOOPBACK;
  const connected = await connectClient(address, port.value, DEFAULT_WITHIN, context.observations.clock);
  if (!connected.ok) return result(broken('connect', `a server on ${address}:${port.value}`, connected.error));
  context.clients.push(connected.value);
  return result(done([], `connected from port ${connected.value.localPort}`), connectionDatum(connected.value), connected.value);
}

/** What stands for a connection: its own port, and how the other end closed it. */
function connectionDatum(connection: PeerConnection): RecordDatum {
  return recordOf(() => BigInt(connection.localPort), {
    port: () => BigInt(connection.localPort),
    closed: () => connection.closedBy ?? false,
  });
}

export async function runServerStep(action: PeerAction, on: Value | undefined, server: AcceptedConnections, context: RunContext): Promise<PeerResult> {
  if (action.kind === 'accept') {
    const accepted = await server.accept(action.within);
    if (!accepted.ok) return result(broken('accept', 'a connection', accepted.error));
    return result(done([], 'accepted'), connectionDatum(accepted.value), accepted.value);
  }
  // What is sent answers something; a close or a look needs no request.
  const connection = on === undefined ? await server.current(action.kind === 'send', DEFAULT_WITHIN) : connectionOf(on, context);
  if (!connection.ok) return result(broken('on', 'a connection of a client', connection.error));
  switch (action.kind) {
    case 'send':
      return send(action.bytes, connection.value, context);
    case 'receive':
      return receive(action.until, action.within, connection.value, context, requestOrBytes);
    case 'expect':
      return expectClosed(action, connection.value, context.observations.clock);
    case 'close':
      connection.value.close(action.how);
      return result(done([], `closed (${action.how})`));
  }
}

function requestOrBytes(bytes: Uint8Array): RecordDatum {
  const message = readMessage(bytes, { kind: 'request' });
  const received = receivedDatum(bytes, false);
  if (message === undefined) return received;
  const request = requestDatum(bytes, message);
  return { ...received, part: (name) => request.part(name) ?? received.part(name) };
}

function connectionOf(value: Value, context: RunContext): Result<PeerConnection, string> {
  const datum = evaluate(value, context.bindings);
  if (!datum.ok) return datum;
  const connection = context.bindings.boundTo(datum.value)?.connection;
  return connection === undefined ? err(`${describe(datum.value)} is no connection: connect or accept binds one.`) : ok(connection);
}

function numberOf(value: Value, context: RunContext): Result<number, string> {
  const datum = evaluate(value, context.bindings);
  const number = datum.ok ? toInteger(datum.value) : datum;
  return number.ok ? ok(Number(number.value)) : number;
}

function send(value: Value, connection: PeerConnection, context: RunContext): PeerResult {
  const evaluated = evaluateBytes(value, context.bindings);
  if (!evaluated.ok) return result(broken('send', 'a text or bytes', evaluated.error));
  const bytes = evaluated.value;
  const sent = connection.send(bytes);
  if (!sent.ok) return result(broken('send', 'a connection that can be sent on', sent.error));
  return result(done([], `sent ${sent.value} bytes`), recordOf(() => bytes, { text: () => bytes, bytes: () => BigInt(bytes.length) }));
}

async function receive(
  until: ReceiveUntil, within: number, connection: PeerConnection, context: RunContext, datumOf: (bytes: Uint8Array) => RecordDatum,
): Promise<PeerResult> {
  const goal = goalOf(until, context);
  if (!goal.ok) return result(broken('receive', 'something to receive until', goal.error));
  const received = await connection.receive(goal.value, within);
  if (!received.ok) return result(broken('receive', `${goalWords(goal.value)} within ${within} ms`, received.error));
  return result(done([], `received ${received.value.length} bytes: ${describe(received.value)}`), datumOf(received.value));
}

function goalOf(until: ReceiveUntil, context: RunContext): Result<Until, string> {
  switch (until.kind) {
    case 'some':
    case 'message':
    case 'close':
      return ok({ kind: until.kind });
    case 'count': {
      const bytes = numberOf(until.bytes, context);
      return bytes.ok ? ok({ kind: 'count', bytes: bytes.value }) : bytes;
    }
    case 'text': {
      const bytes = evaluateBytes(until.text, context.bindings);
      return bytes.ok ? ok({ kind: 'bytes', bytes: bytes.value }) : bytes;
    }
  }
}

function goalWords(goal: Until): string {
  switch (goal.kind) {
    case 'some':
      return 'something';
    case 'message':
      return 'a whole HTTP message';
    case 'close':
      return 'the other end to close';
    case 'count':
      return `${goal.bytes} bytes`;
    case 'bytes':
      return `text up to ${describe(goal.bytes)}`;
  }
}

async function expectClosed(expectation: ClosedExpectation, connection: PeerConnection, clock: Timer): Promise<PeerResult> {
  if (expectation.closed === false) {
    await pause(expectation.for, clock);
    const how = connection.closedBy;
    const failures = how === undefined ? [] : [{ what: 'closed', expected: `open for ${expectation.for} ms`, observed: `closed (${how})` }];
    return result(done(failures, how === undefined ? 'still open' : `closed (${how})`), connectionDatum(connection));
  }
  const how = await connection.closedWithin(expectation.within);
  const holds = how !== undefined && (expectation.closed === 'any' || how === expectation.closed);
  const observed = how === undefined ? 'still open' : `closed (${how})`;
  const expected = `${expectation.closed === 'any' ? 'closed' : `closed (${expectation.closed})`} within ${expectation.within} ms`;
  return result(done(holds ? [] : [{ what: 'closed', expected, observed }], observed), connectionDatum(connection));
}
