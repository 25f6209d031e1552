import { HTTP_QUERY as Q } from '../../preload/contract/win32/constants/http-query';
import { uintBytes } from '../../preload/contract/win32/memory';
import type { InspectorWindow } from './window';

const ROOM = 8192;

/** Asks for both heads of a request, as a program does that wants to know. */
export async function askHead({ core }: InspectorWindow, label: string): Promise<void> {
  const { memory } = core.engine;
  for (const dwInfoLevel of [Q.HTTP_QUERY_RAW_HEADERS_CRLF, Q.HTTP_QUERY_RAW_HEADERS_CRLF | Q.HTTP_QUERY_FLAG_REQUEST_HEADERS]) {
    const [lpBuffer, length] = [memory.alloc(ROOM), memory.alloc(4)];
    memory.write(length, uintBytes(ROOM, 4));
    await core.inspector.call('HttpQueryInfo', { hRequest: BigInt(core.node(label).raw), dwInfoLevel, lpBuffer, lpdwBufferLength: length }, { origin: 'test' });
  }
}
