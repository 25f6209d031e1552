import { STATUS_CODES } from 'node:http';
import { ok, type Result } from '../../../preload/contract/result';
import type { AfterAnswer, Answer, Route } from '../language/peer-script';
import { textOfBytes } from '../values/datum';
import { evaluate, evaluateBytes, textOf, type Scope } from '../values/evaluate';
import { toInteger } from '../values/integer';
import type { Value } from '../language/value';

/** An answer with its references put in, as bytes. */
export interface PreparedAnswer {
  /** Milliseconds. */
  readonly delay: number;
  readonly bytes: Uint8Array;
  readonly then: AfterAnswer;
}

/** Chooses the answer of each request. A list of answers serves one request each; its last one stays. */
export class Routes {
  readonly #routes: readonly Route[];
  readonly #scope: Scope;
  readonly #served = new Map<Route, number>();

  constructor(routes: readonly Route[], scope: Scope) {
    this.#routes = routes;
    this.#scope = scope;
  }

  /** `target` is the request target of the request line; its query takes no part. */
  answer(method: string, target: string): Result<PreparedAnswer, string> {
    const route = this.#find(method, target);
    const served = route === undefined ? 0 : (this.#served.get(route) ?? 0);
    const answer = route?.answers[Math.min(served, route.answers.length - 1)];
    if (route !== undefined) this.#served.set(route, served + 1);
    if (answer === undefined) {
      return ok({ delay: 0, then: 'keep', bytes: Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n') });
    }
    return prepare(answer, method, this.#scope);
  }

  #find(method: string, target: string): Route | undefined {
    const whole = target.split('?')[0] ?? '';
    // A proxy is asked with an absolute target (RFC 9112 section 3.2.2); its path counts as well.
    const path = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(whole)?.[1];
    const candidates = this.#routes.filter((route) => {
      const written = evaluate(route.path, this.#scope);
      const text = written.ok ? textOf(written.value) : undefined;
      return text !== undefined && (text === whole || text === path);
    });
    return candidates.find((route) => route.verb === method) ?? candidates.find((route) => route.verb === undefined);
  }
}

function prepare(answer: Answer, method: string, scope: Scope): Result<PreparedAnswer, string> {
  const delay = number(answer.delay, scope, 0);
  if (!delay.ok) return delay;
  const bytes = answer.content.kind === 'raw' ? bytesOf(answer.content.raw, scope) : message(answer.content, method, scope);
  return bytes.ok ? ok({ delay: delay.value, bytes: bytes.value, then: answer.then }) : bytes;
}

function message(content: Extract<Answer['content'], { kind: 'message' }>, method: string, scope: Scope): Result<Uint8Array, string> {
  const status = number(content.status, scope, 200);
  if (!status.ok) return status;
  const body = bytesOf(content.body, scope);
  if (!body.ok) return body;
  const reason = content.reason === undefined ? ok(STATUS_CODES[status.value] ?? '') : textFrom(content.reason, scope);
  if (!reason.ok) return reason;
  const lines = [`HTTP/1.1 ${status.value} ${reason.value}`];
  for (const header of content.headers) {
    const value = header.value.kind === 'null' ? ok('') : textFrom(header.value, scope);
    if (!value.ok) return value;
    lines.push(`${header.name}: ${value.value}`);
  }
  const framed = content.headers.some(({ name }) => /^(content-length|transfer-encoding)$/i.test(name));
  // Interim, 204 and 304 answers carry no Content-Length of their own (RFC 9110 section 8.6).
  const lengthless = status.value < 200 || status.value === 204 || status.value === 304;
  if (!framed && !lengthless) lines.push(`Content-Length: ${body.value.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  return ok(method === 'HEAD' ? head : Buffer.concat([head, body.value]));
}

function number(value: Value | undefined, scope: Scope, fallback: number): Result<number, string> {
  if (value === undefined) return ok(fallback);
  const datum = evaluate(value, scope);
  if (!datum.ok) return datum;
  const integer = toInteger(datum.value);
  return integer.ok ? ok(Number(integer.value)) : integer;
}

function bytesOf(value: Value | undefined, scope: Scope): Result<Uint8Array, string> {
  return value === undefined || value.kind === 'null' ? ok(new Uint8Array()) : evaluateBytes(value, scope);
}

function textFrom(value: Value, scope: Scope): Result<string, string> {
  const bytes = evaluateBytes(value, scope);
  return bytes.ok ? ok(textOfBytes(bytes.value)) : bytes;
}
