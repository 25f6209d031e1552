import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { ErrorCode } from './call';

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** Fields in the order of the wire; names keep their case and match without it. */
export class HeaderList {
  private fields: HeaderField[];

  constructor(fields: Iterable<HeaderField> = []) {
    this.fields = [...fields];
  }

  [Symbol.iterator](): Iterator<HeaderField> {
    return this.fields[Symbol.iterator]();
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }

  all(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    return this.fields.filter((field) => field.name.toLowerCase() === wanted).map((field) => field.value);
  }

  first(name: string): string | undefined {
    return this.all(name)[0];
  }

  remove(name: string): void {
    const unwanted = name.toLowerCase();
    this.fields = this.fields.filter((field) => field.name.toLowerCase() !== unwanted);
  }

  append(name: string, value: string): void {
    this.fields.push({ name, value });
  }

  /**
   * Adds a block of lines under HTTP_ADDREQ modifiers (wininet/nf-wininet-httpaddrequestheadersw); a block that breaks a
   * rule on any line changes nothing.
   */
  modify(block: string, modifiers: number): Result<undefined, ErrorCode> {
    const parsed = parseBlock(block);
    if (!parsed.ok) return parsed;
    const changed = new HeaderList(this.fields);
    for (const field of parsed.value) {
      const result = changed.modifyOne(field, modifiers);
      if (!result.ok) return result;
    }
    this.fields = changed.fields;
    return ok(undefined);
  }

  private modifyOne({ name, value }: HeaderField, modifiers: number): Result<undefined, ErrorCode> {
    const asked = (flag: number): boolean => (modifiers & flag) !== 0;
    const at = this.fields.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
    const present = this.fields[at];
    if (present === undefined) {
      const onlyReplace = asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE) && !asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD) && !asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD_IF_NEW);
      if (onlyReplace) return err(WININET_ERRORS.ERROR_HTTP_HEADER_NOT_FOUND);
      if (value !== '' || !asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE)) this.append(name, value);
      return ok(undefined);
    }
    if (asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD_IF_NEW)) return err(WININET_ERRORS.ERROR_HTTP_HEADER_ALREADY_EXISTS);
    if (asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE)) {
      // "If the header value is empty and the header is found, the header is removed." Observed on Windows: of several the
      // first goes, and what replaces it comes last.
      this.fields.splice(at, 1);
      if (value !== '') this.append(name, value);
      return ok(undefined);
    }
    if (asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_COALESCE_WITH_COMMA)) this.fields[at] = { name: present.name, value: `${present.value}, ${value}` };
    else if (asked(HTTP_ADDREQ.HTTP_ADDREQ_FLAG_COALESCE_WITH_SEMICOLON)) this.fields[at] = { name: present.name, value: `${present.value}; ${value}` };
    else this.append(name, value);
    return ok(undefined);
  }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;

function parseBlock(block: string): Result<readonly HeaderField[], ErrorCode> {
  const fields: HeaderField[] = [];
  for (const line of block.split(/\r\n|\r|\n/u)) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 0) return err(WININET_ERRORS.ERROR_HTTP_INVALID_HEADER);
    const name = line.slice(0, colon).trimEnd();
    if (!TOKEN.test(name)) return err(WININET_ERRORS.ERROR_HTTP_INVALID_HEADER);
    fields.push({ name, value: line.slice(colon + 1).trim() });
  }
  return ok(fields);
}
