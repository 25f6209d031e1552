import type { EventFields, EventValue } from '../../../../preload/contract/event';
import type { Field } from '../../../../preload/contract/win32/struct-layout';
import { KNOWN_HEADERS, STRUCTS } from '../../../../preload/contract/win32/structs';
import { fieldsOf, structsIn } from '../../../trace/event-fields';
import { byteList, csharpText } from './text-literals';

/** How a variable of the program is read where a structure holds its value. */
export type ReadVariable = (name: string, type: 'IntPtr') => string;

/**
 * The lines that lay a structure out in memory, field by field at its offset on x64: C# has no header to take the
 * declarations from, and a wrong one would be silent.
 */
export function csharpStruct(struct: string, name: string, items: readonly EventFields[], variable: ReadVariable): readonly string[] {
  const size = STRUCTS[struct]?.size ?? 0;
  const lines = [`IntPtr ${name} = Memory(${size}${items.length > 1 ? ` * ${items.length}` : ''});  // ${struct}`];
  const own = STRUCTS[struct]?.fields.find(({ type }) => type.kind === 'uint' && type.is === 'size-of-structure');
  items.forEach((fields, place) => {
    if (own !== undefined) lines.push(`Marshal.WriteInt32(${name}, ${place * size + own.offset}, ${size});  // ${own.name}`);
    fill(lines, struct, name, place * size, fields, variable);
  });
  return lines;
}

function fill(lines: string[], struct: string, name: string, base: number, values: EventFields, variable: ReadVariable): void {
  for (const field of STRUCTS[struct]?.fields ?? []) {
    const value = values[field.name];
    const { when } = field;
    if (value === undefined || value === 0 || (when !== undefined && values[when.field] !== undefined && values[when.field] !== when.is)) continue;
    write(lines, field, name, base + field.offset, value, variable);
  }
}

function write(lines: string[], { name: field, type }: Field, memory: string, at: number, value: EventValue, variable: ReadVariable): void {
  const held = fieldsOf(value)['variable'];
  const put = (bits: 16 | 32 | 64 | 'Ptr', words: string): void => { lines.push(`Marshal.Write${bits === 'Ptr' ? 'IntPtr' : `Int${bits}`}(${memory}, ${at}, ${words});  // ${field}`); };
  if (typeof held === 'string') {
    put('Ptr', variable(held, 'IntPtr'));
    return;
  }
  switch (type.kind) {
    case 'uint':
      if (type.is !== undefined || typeof value === 'object') return;
      if (type.bytes === 1) lines.push(`Marshal.WriteByte(${memory}, ${at}, ${String(value)});  // ${field}`);
      else put(type.bytes === 2 ? 16 : type.bytes === 4 ? 32 : 64, `unchecked((${type.bytes === 2 ? 'short' : type.bytes === 4 ? 'int' : 'long'})${String(value)})`);
      return;
    case 'struct': fill(lines, type.struct, memory, at, fieldsOf(value), variable); return;
    case 'text': if (typeof value === 'string') put('Ptr', `Marshal.StringToHGlobal${type.width === 'W' ? 'Uni' : 'Ansi'}(${csharpText(value)})`); return;
    case 'bytes': {
      const { hex } = fieldsOf(value);
      if (typeof hex === 'string') put('Ptr', `Bytes(new byte[] { ${byteList(hex, '')} })`);
      return;
    }
    case 'array': {
      const items = structsIn(value);
      if (items.length === 0) return;
      const inner = `${memory}_${field}${at}`;
      lines.push(...csharpStruct(type.struct, inner, items, variable));
      put('Ptr', inner);
      return;
    }
    case 'struct-pointer': {
      const inner = `${memory}_${field}${at}`;
      lines.push(...csharpStruct(type.struct, inner, [fieldsOf(value)], variable));
      put('Ptr', inner);
      return;
    }
    case 'known-headers':
      for (const [header, text] of Object.entries(fieldsOf(value))) {
        const id = KNOWN_HEADERS[type.of].indexOf(header);
        if (id < 0 || typeof text !== 'string') continue;
        lines.push(`Marshal.WriteInt16(${memory}, ${at + id * 16}, ${text.length});  // ${header}`, `Marshal.WriteIntPtr(${memory}, ${at + id * 16 + 8}, Marshal.StringToHGlobalAnsi(${csharpText(text)}));`);
      }
      return;
    case 'handle': case 'pointer': case 'sockaddr': case 'inline-sockaddrs': case 'inline-bytes': case 'chars':
      if (value !== '0x0') lines.push(`// ${field} at ${at}: set it yourself. The recording cannot give it.`);
  }
}
