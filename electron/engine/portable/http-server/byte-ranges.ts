import type { RequestHead } from './request-head';
import type { ApplicationResponse } from './response-message';

const RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * Cuts a whole response down to the range that its request asks for (HTTP_SEND_RESPONSE_FLAG_PROCESS_RANGES): 206 with
 * that part, or 416 when there is no such part. Several ranges, and other units, are answered whole (RFC 9110, 14.2).
 */
export function processRange(response: ApplicationResponse, request: RequestHead): ApplicationResponse {
  const asked = request.headers.filter(({ name }) => name.toLowerCase() === 'range').map(({ value }) => RANGE.exec(value));
  const [match] = asked;
  if (request.verb !== 'GET' || response.status !== 200 || asked.length !== 1 || match === null || match === undefined) return response;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return response;
  const size = response.body.length;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  const headers = response.headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  if (start >= end) {
    const none = { name: 'Content-Range', value: `bytes */${size}` };
    return { ...response, status: 416, reason: 'Range Not Satisfiable', headers: [...headers, none], body: new Uint8Array() };
  }
  const range = { name: 'Content-Range', value: `bytes ${start}-${end - 1}/${size}` };
  return { ...response, status: 206, reason: 'Partial Content', headers: [...headers, range], body: response.body.subarray(start, end) };
}
