/** What both languages escape alike. */
const SIMPLE: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string, other: (unit: string) => string): string {
  let out = '';
  // By UTF-16 unit: that is what the function is given.
  for (const unit of text.split('')) out += SIMPLE[unit] ?? (/[\x20-\x7e]/.test(unit) ? unit : other(unit));
  // A ?? could be read as a trigraph by older compilers.
  return out.replaceAll('??', '?\\?');
}

/** A literal of UTF-16 or of bytes (Latin-1). Octal escapes: a hexadecimal one would take the digits after it. */
export function cppText(text: string, wide: boolean): string {
  const unit = (char: string): string => {
    const code = char.charCodeAt(0);
    if (!wide) return `\\${(code > 255 ? 63 : code).toString(8).padStart(3, '0')}`;
    // The hexadecimal escape ends with the literal that holds it; two beside each other are one.
    return code < 0x80 ? `\\${code.toString(8).padStart(3, '0')}` : `\\x${code.toString(16).padStart(4, '0')}" L"`;
  };
  return `${wide ? 'L' : ''}"${escaped(text, unit)}"`;
}

export function csharpText(text: string): string {
  return `"${escaped(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('?\\?', '??')}"`;
}

/** Bytes that are text to a person, as that text. */
export function asciiOf(hex: string): string | undefined {
  const text = Buffer.from(hex, 'hex').toString('latin1');
  return /^[\t\r\n\x20-\x7e]*$/.test(text) ? text : undefined;
}

/** "0x47, 0x45", in lines of sixteen. */
export function byteList(hex: string, indent: string): string {
  const bytes = [...hex.matchAll(/../g)].map(([byte]) => `0x${byte}`);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(bytes.slice(at, at + 16).join(', '));
  return lines.length <= 1 ? lines.join('') : `\n${indent}  ${lines.join(`,\n${indent}  `)}\n${indent}`;
}
