import type { BodyFile, BodyKind, MessageBody } from '../../preload/contract/body-file';

/** A body as it is typed or chosen; the text stays while a file is chosen, and the other way round. */
export interface BodyDraft {
  readonly body: string;
  readonly bodyKind: BodyKind;
  readonly bodyFile: BodyFile | undefined;
}

export const NO_BODY: BodyDraft = { body: '', bodyKind: 'text', bodyFile: undefined };

/** Only what is meant: a file without the text beside it. */
export function bodyOfDraft({ body, bodyKind, bodyFile }: BodyDraft): MessageBody {
  return bodyKind === 'file' ? { body: '', bodyKind, bodyFile: bodyFile?.id } : { body, bodyKind };
}

export function draftOfBody({ body, bodyKind = 'text', bodyFile }: MessageBody, files: readonly BodyFile[]): BodyDraft {
  return { body, bodyKind, bodyFile: files.find(({ id }) => id === bodyFile) };
}

/** JSON as people write it, two spaces deep; undefined for what is none. Numbers longer than JavaScript’s are left as they are typed. */
export function formattedJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const formatted = JSON.stringify(value, undefined, 2);
    // What would not come back the same is not touched: 1.0, 1e400 and doubled keys.
    return JSON.stringify(value) === withoutSpaces(text) ? formatted : text;
  } catch {
    return undefined;
  }
}

/** The text without the spaces that stand outside its strings. */
function withoutSpaces(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
}
