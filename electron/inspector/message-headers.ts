import type { BodyKind } from '../../preload/contract/body-file';

const CONTENT_TYPES: Readonly<Record<BodyKind, string | undefined>> = { text: undefined, json: 'application/json', file: 'application/octet-stream' };

/** The header lines that a person wrote; a body that is JSON or a file says so where they do not say what it is. */
export function withContentType(headers: string, bodyKind: BodyKind | undefined): readonly string[] {
  const lines = headers.split(/\r?\n/).filter((line) => line.trim() !== '');
  const type = CONTENT_TYPES[bodyKind ?? 'text'];
  return type === undefined || lines.some((line) => /^content-type\s*:/i.test(line)) ? lines : [...lines, `Content-Type: ${type}`];
}
