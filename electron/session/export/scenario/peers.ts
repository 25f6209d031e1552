import type { Entry } from 'har-format';
import { isIP } from 'node:net';
import type { TraceEvent } from '../../../../preload/contract/event';
import { seq } from '../../../../preload/contract/ids';
import { INTERNET_SERVICE } from '../../../../preload/contract/win32/constants/wininet-flags';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { findExchanges } from '../../../http-exchange/find-exchanges';
import { foldedExchanges } from '../../../http-exchange/fold-of';
import { numberOf, textOf } from '../../../trace/event-fields';
import type { ExportSource } from '../export-source';
import { harEntry } from '../har/entry';

/** Values as the scenario language writes them: what `yaml` turns into text. */
export type Written = string | number | boolean | null | readonly Written[] | { readonly [key: string]: Written };

/** How long an answer that never came is held back, in milliseconds: longer than any step waits. */
const NEVER = 5000;
/** Waits shorter than this are those of a loopback, in milliseconds. */
const SHORTEST_DELAY = 20;
/** A body that was never read to its end is announced as so long. */
const ENDLESS = 1_000_000;
/** Headers that the scripted server writes itself, or that would break its framing. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date']);

/** The other side of a recording, made anew: scripted servers for its clients, ports for its servers. */
export class Peers {
  /** Ports that the recording's own server listened on, by what the scenario calls them. */
  private readonly ports = new Map<number, string>();
  /** Servers that a client spoke to and nobody here was. */
  private readonly hosts = new Map<string, string>();
  private readonly routes = new Map<string, Written[]>();
  private secure = false;
  private closed = false;

  constructor(source: ExportSource) {
    const entries = entriesOf(source);
    for (let index: number = source.trace.log.first; index < source.end; index += 1) this.learnPort(source.trace.log.at(seq(index)));
    for (const entry of entries) this.learnExchange(entry);
    for (let index: number = source.trace.log.first; index < source.end; index += 1) this.learnHost(source.trace.log.at(seq(index)));
  }

  /** The parts of the file that say what there is beside the steps. */
  get head(): { readonly [key: string]: Written } {
    const ports = [...[...this.ports.values()].map((name) => name.slice(1)), ...(this.closed ? ['closed'] : [])];
    const routes = Object.fromEntries([...this.routes].map(([route, answers]): [string, Written] => [route, answers.length === 1 ? answers[0] ?? {} : answers]));
    const served = [...this.hosts.values()].some((name) => name === '$server');
    return {
      ...(ports.length === 0 ? {} : { ports }),
      ...(served ? { server: { ...(this.secure ? { tls: 'self-signed' } : {}), routes } } : {}),
    };
  }

  /** Whether the recording's own server listened on a port. */
  isOwn(port: number): boolean {
    return this.ports.has(port);
  }

  host(host: string, port: number): string {
    return this.hosts.get(`${host}:${port}`) === '$server' ? '$server.host' : this.text(host);
  }

  port(host: string, port: number): string | number {
    const name = this.hosts.get(`${host}:${port}`);
    return this.ports.get(port) ?? (name === '$server' ? '$server.port' : name === '$closed' ? '$closed' : port);
  }

  /** A text with the addresses of the recording replaced by those of the run. */
  text(text: string): string {
    // What the language would take for a reference is doubled before references are put in.
    let written = text.replaceAll('$', '$$$$').replace(/^=/, '==');
    for (const [port, name] of this.ports) written = written.replaceAll(new RegExp(`:${port}(?!\\d)`, 'g'), `:${name.replace('$', '$$$$')}`);
    for (const [place, name] of this.hosts) {
      const [host, port] = [place.slice(0, place.lastIndexOf(':')), place.slice(place.lastIndexOf(':') + 1)];
      const there = name === '$server' ? '$$server.host:$$server.port' : `${host}:$$closed`;
      written = written.replaceAll(new RegExp(`${escaped(host)}:${port}(?!\\d)`, 'g'), there);
      if (port === '80' || port === '443') written = written.replaceAll(new RegExp(`//${escaped(host)}(?=[/?#]|$)`, 'g'), `//${there}`);
    }
    return written;
  }

  private learnPort(event: TraceEvent): void {
    if (event.kind !== 'call') return;
    const url = textOf(event.args['pFullyQualifiedUrl']) || textOf(event.args['FullyQualifiedUrl']);
    const port = Number(/^https?:\/\/(?:[^/:]+|\[[^\]]+\]):(\d+)/.exec(url)?.[1] ?? 0);
    if (port > 0 && !this.ports.has(port)) this.ports.set(port, this.ports.size === 0 ? '$port' : `$port${this.ports.size + 1}`);
  }

  private learnExchange(entry: Entry): void {
    const url = urlOf(entry.request.url);
    if (url === undefined) return;
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    if (this.ports.has(port)) return;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const code = Number.parseInt(String(entry['_error'] ?? ''), 10);
    // A name that does not resolve is its own peer.
    if (code === WININET_ERRORS.ERROR_INTERNET_NAME_NOT_RESOLVED) return;
    const place = `${host}:${port}`;
    if (code === WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT) {
      if (this.hosts.has(place)) return;
      this.hosts.set(place, '$closed');
      this.closed = true;
      return;
    }
    this.hosts.set(place, '$server');
    this.secure ||= url.protocol === 'https:';
    const route = `${entry.request.method} ${url.pathname}`;
    const answers = this.routes.get(route) ?? [];
    answers.push(this.answer(entry, code));
    this.routes.set(route, answers);
  }

  /** A server that was only connected to has no routes, and is there all the same. */
  private learnHost(event: TraceEvent): void {
    if (event.kind !== 'call' || event.api !== 'InternetConnect' || event.args['dwService'] !== INTERNET_SERVICE.INTERNET_SERVICE_HTTP) return;
    const [host, port] = [textOf(event.args['lpszServerName']), numberOf(event.args['nServerPort'])];
    if ((host === 'localhost' || isIP(host) !== 0) && !this.ports.has(port) && !this.hosts.has(`${host}:${port}`)) this.hosts.set(`${host}:${port}`, '$server');
  }

  private answer({ response, timings }: Entry, code: number): Written {
    const delay = timings.wait >= SHORTEST_DELAY ? { delay: Math.round(timings.wait) } : {};
    const begun = timings.receive > 0 || response.content.size > 0;
    switch (code) {
      case WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET: return { ...delay, raw: '', then: 'reset' };
      case WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED: return { ...delay, raw: '', then: 'close' };
      case WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE: return { ...delay, raw: 'no HTTP\r\n\r\n', then: 'close' };
      default: break;
    }
    const status = response.status === 0 ? (response.redirectURL === '' ? 200 : 302) : response.status;
    const text = response.content.encoding === undefined ? response.content.text ?? '' : '';
    if (!Number.isNaN(code) && begun) return { ...delay, raw: this.text(`HTTP/1.1 ${status} OK\r\nContent-Length: ${ENDLESS}\r\n\r\n${text}`) };
    const headers = Object.fromEntries(response.headers.filter(({ name }) => !FRAMING.has(name.toLowerCase())).map(({ name, value }) => [name, this.text(value)]));
    const location = response.redirectURL === '' ? {} : { Location: this.text(response.redirectURL) };
    return {
      ...(Number.isNaN(code) ? delay : { delay: NEVER }), status, ...(response.statusText === '' ? {} : { reason: this.text(response.statusText) }),
      ...(Object.keys({ ...headers, ...location }).length === 0 ? {} : { headers: { ...headers, ...location } }), ...this.body(response.content),
    };
  }

  private body({ size, text = '', encoding, comment }: Entry['response']['content']): { readonly body?: Written } {
    if (size === 0) return {};
    // Of a longer body only its length is known in whole.
    if (comment !== undefined) return { body: { fill: '.', bytes: size } };
    return { body: encoding === undefined ? this.text(text) : { hex: Buffer.from(text, 'base64').toString('hex') } };
  }
}

function entriesOf(source: ExportSource): readonly Entry[] {
  const { trace, end } = source;
  const work = findExchanges(trace, end, () => undefined);
  for (;;) {
    const step = work.next();
    if (step.done !== true) continue;
    const { exchanges, openings } = step.value;
    return exchanges.filter(({ side }) => side === 'client').flatMap((exchange) => foldedExchanges(trace, exchange, (handle) => openings.callOf(handle))).map((folded) => harEntry(source, folded));
  }
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
