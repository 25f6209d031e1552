/** A file that a person has chosen to be sent. The window knows its name and size, and names it by `id`: never by its path. */
export interface BodyFile {
  readonly id: string;
  /** Without its folder. */
  readonly name: string;
  /** Bytes, when it was chosen. */
  readonly size: number;
}

/** Of a request the length is a DWORD: dwBufferTotal of INTERNET_BUFFERS. */
export const MOST_UPLOAD_BYTES = 2 ** 32 - 1;

/** A file up to so many bytes is sent by one HttpSendRequest; a longer one in pieces, by InternetWriteFile. */
export const MOST_BYTES_AT_ONCE = 1024 * 1024;

/** Of a response: it is in memory as one chunk of HttpSendHttpResponse. */
export const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

/** What a body is written as: text as it stands, JSON that is held to be JSON, or a file. */
export const BODY_KINDS = ['text', 'json', 'file'] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

/** A body as a form and a command have it. */
export interface MessageBody {
  readonly body: string;
  /** Left out: text. */
  readonly bodyKind?: BodyKind | undefined;
  /** `id` of the BodyFile, where the kind is file. */
  readonly bodyFile?: string | undefined;
}
