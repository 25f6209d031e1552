import type { HeaderField } from './header-list';
import type { RequestUrl } from './request-url';

/** One request on the wire: what its head is made of, beside its handle. */
export interface Sending {
  readonly verb: string;
  readonly url: RequestUrl;
  readonly bodyLength: number;
  /** Whether a redirection led here: fields about the first target or its body are not for this one. */
  readonly redirected: boolean;
  /** What WinINet added by itself when it was sent. */
  readonly added?: readonly HeaderField[];
}
