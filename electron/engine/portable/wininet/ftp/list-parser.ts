import { FILE_ATTRIBUTE } from '../../../../../preload/contract/win32/constants/files';

/** One line of a directory listing, as WIN32_FIND_DATA needs it. */
export interface ListEntry {
  readonly name: string;
  readonly attributes: number;
  readonly size: bigint;
  /** The time as the listing writes it, in the server's zone, put down as if it were UTC: milliseconds since 1970; 0 for none. */
  readonly modified: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const UNIX = /^([bcdlps-])([rwxsStTl-]{9})\S*\s.*?(\d+)\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{4}|\d{1,2}:\d{2})\s(.+)$/u;
const DOS = /^(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})\s*([AaPp][Mm])?\s+(<DIR>|\d+)\s+(.+)$/u;

/**
 * Reads what LIST answers: RFC 959 leaves its form to the server, and servers write it as `ls -l` or as `dir` does.
 * Other lines, such as "total 4", are no entries.
 *
 * @param now the time a listing without years is read at, in milliseconds since 1970
 */
export function parseListing(text: string, now: number): readonly ListEntry[] {
  return text.split(/\r?\n/u).flatMap((line) => unixEntry(line, now) ?? dosEntry(line) ?? []);
}

function unixEntry(line: string, now: number): ListEntry | undefined {
  const match = UNIX.exec(line);
  if (match === null) return undefined;
  const [, type = '-', rights = '', size = '0', month = '', day = '1', yearOrTime = '', rest = ''] = match;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  if (monthIndex < 0) return undefined;
  return {
    name: type === 'l' ? rest.split(' -> ', 1)[0] ?? rest : rest,
    attributes: unixAttributes(type, rights),
    size: type === 'd' ? 0n : BigInt(size),
    modified: unixTime(monthIndex, Number(day), yearOrTime, now),
  };
}

function unixAttributes(type: string, rights: string): number {
  const readOnly = rights[1] === 'w' ? 0 : FILE_ATTRIBUTE.FILE_ATTRIBUTE_READONLY;
  if (type === 'd') return FILE_ATTRIBUTE.FILE_ATTRIBUTE_DIRECTORY | readOnly;
  if (type === 'l') return FILE_ATTRIBUTE.FILE_ATTRIBUTE_REPARSE_POINT | readOnly;
  return readOnly === 0 ? FILE_ATTRIBUTE.FILE_ATTRIBUTE_NORMAL : readOnly;
}

/** A line with a time of day instead of a year is of the last twelve months. */
function unixTime(month: number, day: number, yearOrTime: string, now: number): number {
  const [hour, minute] = yearOrTime.split(':');
  if (minute === undefined) return Date.UTC(Number(yearOrTime), month, day);
  const year = new Date(now).getUTCFullYear();
  const thisYear = Date.UTC(year, month, day, Number(hour), Number(minute));
  // A day of grace: the server's clock may be ahead of this one.
  return thisYear > now + 24 * 60 * 60 * 1000 ? Date.UTC(year - 1, month, day, Number(hour), Number(minute)) : thisYear;
}

function dosEntry(line: string): ListEntry | undefined {
  const match = DOS.exec(line);
  if (match === null) return undefined;
  const [, month = '1', day = '1', year = '70', hour = '0', minute = '0', half = '', size = '0', name = ''] = match;
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  const isDirectory = size === '<DIR>';
  return {
    name,
    attributes: isDirectory ? FILE_ATTRIBUTE.FILE_ATTRIBUTE_DIRECTORY : FILE_ATTRIBUTE.FILE_ATTRIBUTE_NORMAL,
    size: isDirectory ? 0n : BigInt(size),
    modified: Date.UTC(fullYear, Number(month) - 1, Number(day), hourOf(Number(hour), half.toUpperCase()), Number(minute)),
  };
}

function hourOf(hour: number, half: string): number {
  if (half === '') return hour;
  return (hour % 12) + (half === 'PM' ? 12 : 0);
}
