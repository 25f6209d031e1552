/** A Content-Type (RFC 9110 section 8.3). */
export interface MediaType {
  /** In lower case: "application/json"; empty where there is none. */
  readonly type: string;
  /** Names in lower case; of a name that comes twice the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

export function mediaType(value: string | undefined): MediaType {
  const text = value ?? '';
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token] of text.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? token ?? '' : quoted.replaceAll(/\\(.)/g, '$1'));
  }
  return { type: (text.split(';', 1)[0] ?? '').trim().toLowerCase(), parameters };
}

export function isJson({ type }: MediaType): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

export function isForm({ type }: MediaType): boolean {
  return type === 'application/x-www-form-urlencoded';
}

/** Whether people are meant to read the bytes. */
export function isText(media: MediaType): boolean {
  const { type } = media;
  return type.startsWith('text/') || isJson(media) || isForm(media) || type.endsWith('+xml') || /^application\/(xml|javascript|ecmascript|x-javascript|graphql|x-ndjson|yaml)$/.test(type);
}

const SIGNATURES: readonly (readonly [string, (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => begins(bytes, [0xff, 0xd8, 0xff])],
  ['image/gif', (bytes) => begins(bytes, [0x47, 0x49, 0x46, 0x38])],
  ['image/webp', (bytes) => begins(bytes, [0x52, 0x49, 0x46, 0x46]) && begins(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])],
];

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** What kind of picture the bytes are by themselves, whatever was said of them; undefined for none that is drawn here. */
export function imageType(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, fits]) => fits(bytes))?.[0];
}

/** The bytes as a data: URL, which the page's policy lets a picture be made from. */
export function dataUrl(type: string, bytes: Uint8Array): string {
  let text = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${type};base64,${btoa(text)}`;
}
