import { err, ok, type Result } from '../../../preload/contract/result';
import { MemoryFault } from '../../../preload/contract/win32/memory';
import { suggestion } from '../language/nearest';
import { findName, isList, isMap, isMemory, isRecord, type Datum } from './datum';

/** Goes down one step of `$name.field.0.field`. What lies in memory that nobody wrote may lead nowhere: that is an error too. */
export function part(datum: Datum, name: string): Result<Datum, string> {
  try {
    return partOf(datum, name);
  } catch (fault) {
    if (fault instanceof MemoryFault) return err(`has a "${name}" that cannot be read (${fault.message})`);
    throw fault;
  }
}

function partOf(datum: Datum, name: string): Result<Datum, string> {
  if (isRecord(datum)) {
    const found = datum.part(name);
    if (found !== undefined) return ok(found.value);
    const self = datum.self();
    // What a call made may itself have fields: the OVERLAPPED's hEvent.
    if (isMap(self) || isMemory(self) || isRecord(self)) return part(self, name);
    return err(`has no part "${name}"${suggestion(name, datum.parts())}; it has ${datum.parts().join(', ')}`);
  }
  if (isMemory(datum)) return part(datum.read(), name);
  if (isMap(datum)) {
    const key = findName(name, [...datum.fields.keys()]);
    if (key !== undefined) return ok(datum.fields.get(key));
    const member = datum.members?.get(name);
    if (member !== undefined) return ok(member);
    return err(`has no field "${name}"${suggestion(name, datum.fields.keys())}; it has ${[...datum.fields.keys()].join(', ')}`);
  }
  if (isList(datum)) {
    const index = /^[0-9]+$/.test(name) ? Number(name) : undefined;
    if (index === undefined) return err(`is a list: write .0 for its first item, not .${name}`);
    if (index >= datum.length) return err(`is a list of ${datum.length}, so there is no item ${index}`);
    return ok(datum[index]);
  }
  if (datum === undefined) return err(`is NULL, so it has no field "${name}"`);
  return err(`is a plain value, so it has no field "${name}"`);
}
