import type { GalleryEntry } from '../../preload/contract/update';

/** A rule of one of the two pages, in our own words. */
export interface PageRule {
  readonly key: string;
  readonly number: number;
  readonly says: string;
  /** Why no scenario can show it; undefined where some do. */
  readonly without: string | undefined;
}

export interface RulePage {
  readonly api: 'InternetCloseHandle' | 'HttpCancelHttpRequest';
  readonly address: string;
  readonly rules: readonly PageRule[];
}

const PAGES = 'https://learn.microsoft.com/windows/win32/api/';

function rules(kind: 'close' | 'cancel', says: readonly string[], without: Readonly<Record<number, string>> = {}): readonly PageRule[] {
  return says.map((words, index) => ({ key: `${kind}-rule-${index + 1}`, number: index + 1, says: words, without: without[index + 1] }));
}

/** The two pages that the software exists to show, and what each says of the end of a handle. */
export const RULE_PAGES: readonly RulePage[] = [
  {
    api: 'InternetCloseHandle', address: `${PAGES}wininet/nf-wininet-internetclosehandle`,
    rules: rules('close', [
      'Closing ends what pends on the handle and discards data that was not read; it answers TRUE, or FALSE with GetLastError.',
      'A call that answered ERROR_IO_PENDING may be ended by closing its handle, as long as no other call is made with it.',
      'It is safe inside a callback of the very handle that is closed.',
      'With a callback and a context other than NULL, HANDLE_CLOSING is made, and is the handle’s last; with a NULL context there is none.',
      'With requests pending on the handle or below it the handle is invalid at once, but closes only when they have completed; their REQUEST_COMPLETE still comes.',
      'GetLastError says ERROR_IO_PENDING when requests were outstanding at the close.',
      'Not from DllMain or global constructors, and not in a service or a server: those use WinHTTP.',
    ], { 7: 'No script can be a service. Hinspector says so by itself when it runs in session 0.' }),
  },
  {
    api: 'HttpCancelHttpRequest', address: `${PAGES}http/nf-http-httpcancelhttprequest`,
    rules: rules('cancel', [
      'Without an OVERLAPPED it is done when it returns; with one it may answer ERROR_IO_PENDING, and completes once.',
      'NO_ERROR when it was cancelled; a request that is unknown, or ending already, gives ERROR_CONNECTION_INVALID.',
      'The transport connection is closed, and every other request on it goes with it.',
    ]),
  },
];

/** The rule that a scenario of the gallery is about, by its id: "rules/close-rule-3-inside-redirect". */
export function ruleOf({ id }: Pick<GalleryEntry, 'id'>): string | undefined {
  return /^rules\/((?:close|cancel)-rule-\d+)-/.exec(id)?.[1];
}
