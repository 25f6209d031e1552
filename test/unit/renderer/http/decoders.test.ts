import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyText } from '../../../../renderer/model/http/body-text';
import { readJson, type JsonValue } from '../../../../renderer/model/http/json';
import { dataUrl, imageType, mediaType } from '../../../../renderer/model/http/media-type';
import { multipartOf } from '../../../../renderer/model/http/multipart';
import { formPairs, percentDecoded, queryOf } from '../../../../renderer/model/http/percent';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('percent-encoding', () => {
  test('undoes what was encoded, whatever it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(percentDecoded(encodeURIComponent(text))).toEqual({ text, problem: undefined });
    }));
  });

  test('of anything else leaves the text as it was written and says what is wrong', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('%', '2', 'G', 'f', 'é', '+') }), (text) => {
      const { text: shown, problem } = percentDecoded(text);
      if (problem !== undefined) expect(shown).toBe(text);
    }));
    expect(percentDecoded('a%2')).toEqual({ text: 'a%2', problem: '“%2” at 2 is no escape' });
    expect(percentDecoded('%ff')).toEqual({ text: '%ff', problem: 'its escapes are no UTF-8' });
  });

  test('a query keeps the order, repeated names and pairs without a value', () => {
    const { pairs } = formPairs(queryOf('http://a.test/?a=1&a=2&b&=c&d=x+y%21&e=%zz#f?g=h') ?? '');
    expect(pairs.map(({ name, value }) => [name.text, value.text])).toEqual([['a', '1'], ['a', '2'], ['b', ''], ['', 'c'], ['d', 'x y!'], ['e', '%zz']]);
    expect(pairs.at(-1)?.value.problem).toContain('is no escape');
    expect(queryOf('http://a.test/#?a=b')).toBeUndefined();
  });

  test('says what URLSearchParams says of every query that is right', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(fc.property(fc.array(fc.tuple(word, word)), (given) => {
      const params = new URLSearchParams(given);
      expect(formPairs(params.toString()).pairs.map(({ name, value }) => [name.text, value.text])).toEqual([...params].filter(([name, value]) => `${name}${value}` !== '' || params.toString().includes('=')));
    }));
  });
});

describe('JSON', () => {
  const plain = (value: JsonValue): unknown => {
    switch (value.kind) {
      case 'object': return Object.fromEntries(value.members.map(({ name, value: inner }) => [name, plain(inner)]));
      case 'array': return value.items.map(plain);
      case 'string': return value.text;
      case 'literal': return JSON.parse(value.text);
    }
  };

  test('is read as JSON.parse reads it, and refused where that refuses it', () => {
    const valid = fc.json().map((text) => text);
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '//', '\t"\n"', 'x', '0')).map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(fc.property(fc.oneof(valid, broken, fc.string()), (text) => {
      let parsed: { readonly value: unknown } | undefined;
      try {
        parsed = { value: JSON.parse(text) };
      } catch {
        parsed = undefined;
      }
      const read = readJson(text);
      expect(read.ok, text).toBe(parsed !== undefined);
      if (read.ok && parsed !== undefined && !text.includes('__proto__')) expect(plain(read.value)).toEqual(parsed.value);
      if (!read.ok) expect(read.problem.column).toBeGreaterThan(0);
    }), { numRuns: 500 });
  });

  test('keeps long numbers and names that come twice', () => {
    expect(readJson('{"a":12345678901234567890,"a":1e400}')).toEqual({ ok: true, value: { kind: 'object', members: [{ name: 'a', value: { kind: 'literal', text: '12345678901234567890' } }, { name: 'a', value: { kind: 'literal', text: '1e400' } }] } });
  });

  test('points at line and column of the first mistake', () => {
    expect(readJson('{\n  "a": 1\n  "b": 2\n}')).toEqual({ ok: false, problem: { line: 3, column: 3, message: 'A comma is expected', excerpt: '  "b": 2', at: 2 } });
    expect(readJson('')).toMatchObject({ ok: false, problem: { line: 1, column: 1 } });
  });

  test('that is nested without end is refused and does no harm', () => {
    expect(readJson('['.repeat(200_000))).toMatchObject({ ok: false });
  });
});

describe('text', () => {
  test('in UTF-8 is what was written, and any bytes give some text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(bodyText(bytesOf(text), mediaType('text/plain; charset=utf-8'))).toEqual({ text: text.replace(/^\ufeff/, ''), charset: 'utf-8', note: undefined });
    }));
    fc.assert(fc.property(fc.uint8Array(), fc.constantFrom('utf-8', 'shift_jis', 'windows-1252', 'utf-16le', 'nonsense', '\u0000'), (bytes, charset) => {
      expect(typeof bodyText(bytes, mediaType(`text/plain; charset="${charset}"`)).text).toBe('string');
    }));
  });

  test('counts what is none, and says when the charset is unknown', () => {
    expect(bodyText(new Uint8Array([0x61, 0xff, 0xfe]), mediaType('text/plain')).note).toBe('2 places are no UTF-8, shown as \ufffd.');
    expect(bodyText(bytesOf('\ufffd'), mediaType('text/plain')).note).toBeUndefined();
    expect(bodyText(bytesOf('a'), mediaType('text/plain; charset=ebcdic-9')).note).toContain('not known; read as UTF-8');
    expect(bodyText(new Uint8Array([0xe9]), mediaType('text/plain; charset=ISO-8859-1')).text).toBe('é');
  });

  test('that breaks off inside a character is not held against it', () => {
    expect(bodyText(bytesOf('é').subarray(0, 1), mediaType('text/plain'), true)).toMatchObject({ text: '', note: undefined });
  });
});

describe('multipart', () => {
  test('gives back every part, whatever its bytes', () => {
    const part = fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), bytes: fc.uint8Array({ maxLength: 60 }) });
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const boundary = '----a boundary that no bytes of sixty hold by chance';
      const body = Buffer.concat([...parts.flatMap(({ name, bytes }) => [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);
      const read = multipartOf(body, boundary);
      expect(read.problem).toBeUndefined();
      expect(read.parts.map(({ bytes }) => [...bytes])).toEqual(parts.map(({ bytes }) => [...bytes]));
      expect(read.parts.map(({ fields }) => fields[0]?.value)).toEqual(parts.map(({ name }) => `form-data; name="${name}"`));
    }));
  });

  test('that is damaged says so and keeps what it has', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, boundary) => {
      const { parts } = multipartOf(bytes, boundary);
      expect(parts.every((one) => one.bytes.length <= bytes.length)).toBe(true);
    }));
    expect(multipartOf(bytesOf('--b\r\nA: 1\r\n\r\nhalf'), 'b')).toMatchObject({ parts: [{ fields: [{ name: 'A', value: '1' }] }], problem: 'It breaks off: the closing boundary is missing.' });
    expect(multipartOf(bytesOf('x'), undefined).problem).toContain('no boundary');
    expect(multipartOf(bytesOf('x'), 'b').problem).toContain('--b');
  });
});

describe('media types and pictures', () => {
  test('a Content-Type is read by its parts, and no text breaks it', () => {
    const { type, parameters } = mediaType('Multipart/Form-Data; boundary="a \\"b\\""; charset=UTF-8; charset=x');
    expect(type).toBe('multipart/form-data');
    expect(Object.fromEntries(parameters)).toEqual({ boundary: 'a "b"', charset: 'UTF-8' });
    fc.assert(fc.property(fc.string(), (text) => { expect(mediaType(text).parameters.size).toBeGreaterThanOrEqual(0); }));
  });

  test('a picture is known by its bytes and by nothing that was said of it', () => {
    expect(imageType(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png');
    expect(imageType(bytesOf('RIFF....WEBPVP8 '))).toBe('image/webp');
    expect(imageType(bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      expect(Buffer.from(dataUrl('image/png', bytes).slice('data:image/png;base64,'.length), 'base64')).toEqual(Buffer.from(bytes));
    }), { numRuns: 20 });
  });
});
