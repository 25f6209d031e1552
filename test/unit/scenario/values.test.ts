import { describe, expect, it } from 'vitest';
import { parseValue } from '../../../electron/scenario/language/parse-value';
import { Problems } from '../../../electron/scenario/language/problem';
import { readDocument } from '../../../electron/scenario/language/read-document';
import { mapOf, recordOf, type Datum } from '../../../electron/scenario/values/datum';
import { evaluate, type Scope } from '../../../electron/scenario/values/evaluate';
import { sameInteger, toInteger } from '../../../electron/scenario/values/integer';

const BOUND: Readonly<Record<string, Datum>> = {
  port: 41234n,
  host: 'localhost',
  text: 'Grüße',
  request: mapOf({ headers: mapOf({ 'X-A': 'b', 'Content-Length': '3' }), list: [mapOf({ pName: 'first' }), 'second'] }),
  call: recordOf(() => 7n, { returns: () => 1n, lpdwIndex: () => 5n }),
  nothing: undefined,
};

const scope: Scope = { lookup: (name) => (name in BOUND ? { value: BOUND[name] } : undefined), payload: '127.0.0.1' };

function valueOf(yaml: string): ReturnType<typeof evaluate> {
  const problems = new Problems();
  const node = readDocument(yaml, problems);
  if (node === undefined) throw new Error(JSON.stringify(problems.list()));
  const value = parseValue(node, problems);
  if (problems.count > 0) throw new Error(JSON.stringify(problems.list()));
  return evaluate(value, scope);
}

function datumOf(yaml: string): Datum {
  const result = valueOf(yaml);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('values', () => {
  it.each<[string, Datum]>([
    ['$port', 41234n],
    ['"http://$host:$port/"', 'http://localhost:41234/'],
    ['"at $port."', 'at 41234.'],
    ['$request.headers.X-A', 'b'],
    ['"<$request.headers.Content-Length>"', '<3>'],
    ['"$host-$port"', 'localhost-41234'],
    ['$request.list.0.Name', 'first'],
    ['$request.list.1', 'second'],
    ['$call.index', undefined],
    ['$call.lpdwIndex', 5n],
    ['cost $$5', 'cost $5'],
    ['==x', '=x'],
    ["'=1 + 0x10 - 3'", 14n],
    ["'=sizeof(HTTP_REQUEST_V1) - 1'", 847n],
    ["'=sizeof(HTTP_REQUEST_V2)'", 864n],
    ["'=sizeof(INTERNET_PROXY_INFO)'", 24n],
    ["'=sizeof(HINTERNET)'", 8n],
    ["'=len($text)'", 7n],
    ["'=len(value) + 1'", 10n],
    ["'=$port + 1'", 41235n],
    ["'=ERROR_IO_PENDING'", 997n],
    ['{ hex: 0d0a }', new Uint8Array([13, 10])],
    ['{ fill: ab, bytes: 5 }', new Uint8Array([97, 98, 97, 98, 97])],
    ['0xFFFFFFFFFFFFFFFF', 0xffffffffffffffffn],
    ['null', undefined],
  ])('%s', (yaml, expected) => {
    if (yaml === '$call.index') expect(valueOf(yaml)).toMatchObject({ ok: false });
    else expect(datumOf(yaml)).toEqual(expected);
  });

  it('says what it cannot resolve and what there is instead', () => {
    expect(valueOf('$missing')).toMatchObject({ ok: false, error: expect.stringContaining('$missing is not bound yet') });
    expect(valueOf('$request.headers.X-B')).toMatchObject({ ok: false, error: expect.stringContaining('X-A') });
    expect(valueOf('$request.list.7')).toMatchObject({ ok: false, error: expect.stringContaining('list of 2') });
    expect(valueOf('$nothing.x')).toMatchObject({ ok: false, error: expect.stringContaining('NULL') });
    expect(valueOf('"in $request.headers here"')).toMatchObject({ ok: false });
  });

  it('refuses a fill that would take all memory', () => {
    expect(valueOf('{ fill: x, bytes: 99999999999 }')).toMatchObject({ ok: false });
  });
});

describe('numbers', () => {
  it.each<[Datum, bigint]>([
    ['997', 997n], ['0xFA00000060000123', 0xfa00000060000123n], ['18446744073709551615', 0xffffffffffffffffn], ['-1', -1n],
    ['ERROR_IO_PENDING', 997n], ['HTTP_CREATE_REQUEST_QUEUE_FLAG_CONTROLLER', 2n], ['HTTPAPI_VERSION_2', 2n],
    [['HTTP_SEND_RESPONSE_FLAG_DISCONNECT', 'HTTP_SEND_RESPONSE_FLAG_MORE_DATA'], 3n], [[], 0n], [undefined, 0n], [true, 1n],
  ])('%s is a number', (datum, expected) => {
    expect(toInteger(datum)).toEqual({ ok: true, value: expected });
  });

  it('suggests the constant that was meant', () => {
    expect(toInteger('ERROR_IO_PENDNG')).toMatchObject({ ok: false, error: expect.stringContaining('ERROR_IO_PENDING') });
  });

  it('compares -1 with what it is in 32 and 64 bits', () => {
    expect(sameInteger(-1n, 0xffffffffn)).toBe(true);
    expect(sameInteger(-1n, 0xffffffffffffffffn)).toBe(true);
    expect(sameInteger(-1n, 1n)).toBe(false);
    expect(sameInteger(0x80000000n, 0xffffffff80000000n)).toBe(false);
  });
});
