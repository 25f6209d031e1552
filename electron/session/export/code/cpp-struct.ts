import type { EventFields, EventValue } from '../../../../preload/contract/event';
import { CONSTANT_GROUPS } from '../../../../preload/contract/win32/constant-table';
import type { Field } from '../../../../preload/contract/win32/struct-layout';
import { KNOWN_HEADERS, STRUCTS } from '../../../../preload/contract/win32/structs';
import { fieldsOf, structsIn } from '../../../trace/event-fields';
import { enumWords } from './cpp-enum';
import { numberWords } from './number-words';
import { asciiOf, byteList, cppText } from './text-literals';

/** Structures whose Flags are HTTP_PROPERTY_FLAGS, of one bit. */
const PROPERTIES = /^HTTP_(BINDING|STATE|TIMEOUT_LIMIT|BANDWIDTH_LIMIT|CONNECTION_LIMIT|FLOWRATE|LISTEN_ENDPOINT|SERVER_AUTHENTICATION|CHANNEL_BIND|LOGGING)_INFO$/;

/** The lines that declare a structure and fill it with what was recorded; what is zero stays out. */
export function cppStruct(struct: string, name: string, items: readonly EventFields[], list: boolean): readonly string[] {
  const lines = [`${struct} ${name}${list ? `[${Math.max(1, items.length)}]` : ''} = {};`];
  const own = STRUCTS[struct]?.fields.find(({ type }) => type.kind === 'uint' && type.is === 'size-of-structure');
  items.forEach((fields, place) => {
    const target = list ? `${name}[${place}]` : name;
    if (own !== undefined) lines.push(`${target}.${own.name} = sizeof(${struct});`);
    assign(lines, struct, target, `${name}${list ? place : ''}`, fields);
  });
  return lines;
}

function assign(lines: string[], struct: string, target: string, prefix: string, values: EventFields): void {
  const layout = STRUCTS[struct];
  for (const field of layout?.fields ?? []) {
    const value = values[field.name];
    const { when } = field;
    if (value === undefined || value === 0 || (when !== undefined && values[when.field] !== undefined && values[when.field] !== when.is)) continue;
    if (struct === 'HTTP_DATA_CHUNK' && (field.name === 'StartingOffset' || field.name === 'Length')) continue;
    const member = layout?.members === undefined || when === undefined ? undefined
      : Object.entries(layout.members).find(([, chosen]) => chosen === 'whichever' || chosen.is === when.is)?.[0];
    assignField(lines, struct, field, `${target}.${member === undefined ? '' : `${member}.`}${field.name}`, `${prefix}_${field.name}`, value);
  }
}

function assignField(lines: string[], struct: string, { name, type }: Field, target: string, prefix: string, value: EventValue): void {
  const variable = fieldsOf(value)['variable'];
  if (typeof variable === 'string') {
    lines.push(`${target} = ${variable};`);
    return;
  }
  switch (type.kind) {
    case 'uint':
      if (type.is !== undefined || typeof value === 'object') return;
      if (name === 'Flags' && PROPERTIES.test(struct)) lines.push(`${target}.Present = 1;`);
      else if (struct === 'HTTP_BYTE_RANGE') lines.push(`${target}.QuadPart = ${String(value)}ULL;`);
      else lines.push(`${target} = ${typeof value !== 'number' ? `${String(value)}ULL` : type.constants === undefined ? numberWords(value, type.flags === undefined ? {} : { flags: [type.flags] }) : enumWords(value, type.constants)};`);
      return;
    case 'struct': assign(lines, type.struct, target, prefix, fieldsOf(value)); return;
    case 'text':
      if (typeof value !== 'string') return;
      lines.push(`static ${type.width === 'W' ? 'WCHAR' : 'char'} ${prefix}[] = ${cppText(value, type.width === 'W')};`, `${target} = ${prefix};`);
      return;
    case 'bytes': {
      const { hex } = fieldsOf(value);
      if (typeof hex !== 'string') return;
      lines.push(...cppBytes(prefix, hex), `${target} = ${prefix};`);
      return;
    }
    case 'array': {
      const items = structsIn(value);
      if (items.length === 0) return;
      lines.push(...cppStruct(type.struct, prefix, items, true), `${target} = ${prefix};`, `${target.slice(0, -name.length)}${type.count} = ${items.length};`);
      return;
    }
    case 'struct-pointer': lines.push(...cppStruct(type.struct, prefix, [fieldsOf(value)], false), `${target} = &${prefix};`); return;
    case 'known-headers':
      for (const [header, text] of Object.entries(fieldsOf(value))) {
        const id = KNOWN_HEADERS[type.of].indexOf(header);
        if (id < 0 || typeof text !== 'string') continue;
        const at = `${target}[${headerId(id, type.of)}]`;
        lines.push(`${at}.pRawValue = ${cppText(text, false)};`, `${at}.RawValueLength = ${text.length};`);
      }
      return;
    case 'handle': case 'pointer': case 'sockaddr': case 'inline-sockaddrs': case 'inline-bytes': case 'chars':
      if (value !== '0x0') lines.push(`// ${target}: set it yourself. The recording cannot give it.`);
  }
}

/** Ids from 20 on have two names each, of which the one of a response ends otherwise. */
function headerId(id: number, of: 'request' | 'response'): string {
  const wanted = KNOWN_HEADERS[of][id]?.replaceAll('-', '').toLowerCase();
  return Object.entries(CONSTANT_GROUPS['HTTP_HEADER_ID'] ?? {}).find(([name, value]) => value === id && name.replace('HttpHeader', '').toLowerCase() === wanted)?.[0] ?? String(id);
}

export function cppBytes(name: string, hex: string): readonly string[] {
  const text = asciiOf(hex);
  // A char array from a literal has a NUL more than was sent: the length beside it says how much counts.
  return [text === undefined ? `static BYTE ${name}[] = { ${byteList(hex, '  ')} };` : `static char ${name}[] = ${cppText(text, false)};`];
}
