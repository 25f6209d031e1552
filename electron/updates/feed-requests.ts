import { configureRequestOptions, configureRequestUrl, HttpExecutor, type CancellationToken, type DownloadOptions } from 'builder-util-runtime';
import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isTrustworthy } from './update-feed';

/** What the base class hands on from step to step of a download; it exports no name for it. */
interface DownloadCall {
  readonly responseHandler: null;
  readonly onCancel: (callback: () => void) => void;
  readonly callback: (error: Error | null | undefined) => void;
  readonly options: DownloadOptions;
  readonly destination: string | null;
}

/**
 * Asks the feed over Node's own sockets. Chromium in this application reaches nothing outside, and stays so; where a
 * redirect leads to plain http, it is not followed.
 */
export class FeedRequests extends HttpExecutor<ClientRequest> {
  createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void): ClientRequest {
    return options.protocol === 'http:' ? httpRequest(options, callback) : httpsRequest(options, callback);
  }

  /** Every step of a question comes by here, redirects too. */
  override doApiRequest(options: RequestOptions, token: CancellationToken, send: (request: ClientRequest, reject: (error: Error) => void) => void, redirectCount?: number): Promise<string> {
    const problem = notTrusted(options);
    return problem === undefined ? super.doApiRequest(options, token, send, redirectCount) : Promise.reject(problem);
  }

  /** And every step of a download. */
  protected override doDownload(options: RequestOptions, call: DownloadCall, redirectCount: number): void {
    const problem = notTrusted(options);
    if (problem === undefined) super.doDownload(options, call, redirectCount);
    else call.callback(problem);
  }

  /** What electron-updater calls beside the methods of its base class. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      const asked: RequestOptions = { headers: options.headers ?? {} };
      configureRequestUrl(url, asked);
      configureRequestOptions(asked);
      this.doDownload(asked, {
        destination, options, onCancel, responseHandler: null,
        callback: (error) => { if (error instanceof Error) reject(error); else resolve(destination); },
      }, 0);
    });
  }
}

function notTrusted({ protocol, hostname, host }: RequestOptions): Error | undefined {
  const address = { protocol: protocol ?? 'https:', hostname: hostname ?? host ?? '' };
  return isTrustworthy(address) ? undefined : new Error(`The feed leads to ${address.protocol}//${address.hostname}, which is not https. It was not followed.`);
}
