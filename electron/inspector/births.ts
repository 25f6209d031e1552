import type { HandleBirth } from '../../preload/contract/event';
import type { HandleKind } from '../../preload/contract/handle';
import type { Seq } from '../../preload/contract/ids';
import { GENERIC_ACCESS } from '../../preload/contract/win32/constants/files';
import { INTERNET_FLAG, INTERNET_SERVICE } from '../../preload/contract/win32/constants/wininet-flags';
import type { FunctionName } from '../../preload/contract/win32/functions';
import { MemoryFault, readUint64, type MemoryReader } from '../../preload/contract/win32/memory';
import type { ArgValue } from '../../preload/contract/win32/signature';
import { decodeStruct, type StructFields } from '../../preload/contract/win32/struct-codec';
import { constantName } from '../../preload/contract/win32/constant-table';
import { hex } from './event-values';
import type { HandleRegistry, Namespace } from './registry';
import type { HandleTree } from '../trace/handle-tree';

type Args = Readonly<Record<string, ArgValue>>;

/** A handle that a call makes: what it is and in which of its OUT parameters its value stands (undefined: returned). */
interface Making {
  readonly kind: HandleKind;
  readonly namespace: Namespace;
  readonly out: string | undefined;
  readonly parent: { readonly param: string; readonly namespace: Namespace } | undefined;
  /** Only a call with these arguments makes one. */
  readonly when?: (args: Args) => boolean;
}

const MAKERS: Readonly<Partial<Record<FunctionName, Making>>> = {
  InternetOpen: { kind: 'session', namespace: 'HINTERNET', out: undefined, parent: undefined },
  InternetConnect: { kind: 'connection', namespace: 'HINTERNET', out: undefined, parent: { param: 'hInternet', namespace: 'HINTERNET' } },
  HttpOpenRequest: { kind: 'request', namespace: 'HINTERNET', out: undefined, parent: { param: 'hConnect', namespace: 'HINTERNET' } },
  InternetOpenUrl: { kind: 'request', namespace: 'HINTERNET', out: undefined, parent: { param: 'hInternet', namespace: 'HINTERNET' } },
  FtpOpenFile: { kind: 'ftp-file', namespace: 'HINTERNET', out: undefined, parent: { param: 'hConnect', namespace: 'HINTERNET' } },
  FtpFindFirstFile: { kind: 'ftp-find', namespace: 'HINTERNET', out: undefined, parent: { param: 'hConnect', namespace: 'HINTERNET' } },
  FtpCommand: {
    kind: 'ftp-file', namespace: 'HINTERNET', out: 'phFtpCommand', parent: { param: 'hConnect', namespace: 'HINTERNET' },
    when: (args) => args['fExpectResponse'] !== 0,
  },
  HttpCreateServerSession: { kind: 'server-session', namespace: 'server-session', out: 'ServerSessionId', parent: undefined },
  HttpCreateUrlGroup: {
    kind: 'url-group', namespace: 'url-group', out: 'pUrlGroupId', parent: { param: 'ServerSessionId', namespace: 'server-session' },
  },
  HttpCreateRequestQueue: { kind: 'request-queue', namespace: 'HANDLE', out: 'RequestQueueHandle', parent: undefined },
  HttpCreateHttpHandle: { kind: 'request-queue', namespace: 'HANDLE', out: 'RequestQueueHandle', parent: undefined },
};

/** Tells what a call brings into being, for the tree. */
export class Births {
  constructor(private readonly registry: HandleRegistry, private readonly tree: HandleTree, private readonly memory: MemoryReader) {}

  makes(api: FunctionName): boolean {
    return MAKERS[api] !== undefined;
  }

  /** Whether the handle is made under a connection that nobody sees: InternetOpenUrl's. */
  opensByItself(api: FunctionName): boolean {
    return api === 'InternetOpenUrl';
  }

  /** The birth that a successful call was; undefined when it makes nothing, or HANDLE_CREATED told of it already. */
  ofCall(call: { readonly seq: Seq; readonly api: FunctionName; readonly args: Args }, returned: bigint): HandleBirth | undefined {
    const { api, args } = call;
    const making = MAKERS[api];
    if (making === undefined || making.when?.(args) === false) return undefined;
    const raw = this.valueIn(making.out === undefined ? undefined : args[making.out]) ?? returned;
    return raw === 0n || this.bornSince(call.seq, making.namespace, raw) ? undefined : this.born(api, making, args, raw);
  }

  private valueIn(address: ArgValue): bigint | undefined {
    if (typeof address !== 'bigint' || address === 0n) return undefined;
    try {
      return readUint64(this.memory, address);
    } catch (fault) {
      // Given back while the call was pending: there is no telling what it made.
      if (fault instanceof MemoryFault) return 0n;
      throw fault;
    }
  }

  /** Whether the handle of that value was made after an event: values of the past do not count. */
  private bornSince(seq: Seq, namespace: Namespace, raw: bigint): boolean {
    const registered = this.registry.find(namespace, raw);
    const node = registered === undefined ? undefined : this.tree.get(registered.id);
    return node !== undefined && node.createdBy > seq;
  }

  /** The birth that a HANDLE_CREATED told of while its call was still running. */
  ofCallback(api: FunctionName, args: Args, raw: bigint): HandleBirth | undefined {
    const making = MAKERS[api];
    return making === undefined ? undefined : this.born(api, making, args, raw);
  }

  /** The birth of a received request, from its HTTP_REQUEST; undefined when it was received before. */
  ofReceive(args: Args): HandleBirth | undefined {
    const buffer = args['RequestBuffer'];
    const queue = args['RequestQueueHandle'];
    if (typeof buffer !== 'bigint' || typeof queue !== 'bigint' || buffer === 0n) return undefined;
    const request = this.readRequest(buffer);
    const raw = request?.['RequestId'];
    if (request === undefined || typeof raw !== 'bigint' || raw === 0n || this.registry.find('request', raw) !== undefined) return undefined;
    const parent = this.registry.find('HANDLE', queue);
    const registered = this.registry.add('request', raw, 'server-request');
    const connection = request['ConnectionId'];
    if (typeof connection === 'bigint') this.registry.alias('connection', connection, registered);
    return {
      id: registered.id, kind: 'server-request', parent: parent?.id, raw: hex(raw), label: `${verbOf(request)} ${String(request['pRawUrl'] ?? '')}`.trim(),
      detail: addressOf(request), context: undefined, hasCallback: false, asynchronous: undefined,
      connectionId: typeof connection === 'bigint' ? hex(connection) : undefined,
    };
  }

  private readRequest(buffer: bigint): StructFields | undefined {
    try {
      return decodeStruct(this.memory, 'HTTP_REQUEST_V1', buffer);
    } catch (fault) {
      if (fault instanceof MemoryFault) return undefined;
      throw fault;
    }
  }

  private born(api: FunctionName, making: Making, args: Args, raw: bigint): HandleBirth {
    const parentRaw = making.parent === undefined ? undefined : args[making.parent.param];
    const parent = making.parent === undefined || typeof parentRaw !== 'bigint' ? undefined : this.registry.find(making.parent.namespace, parentRaw);
    const parentNode = parent === undefined ? undefined : this.tree.get(parent.id);
    const { id } = this.registry.add(making.namespace, raw, kindOf(making.kind, args));
    const context = args['dwContext'];
    const hinternet = making.namespace === 'HINTERNET';
    return {
      id, kind: kindOf(making.kind, args), parent: parent?.id, raw: hex(raw), ...words(api, args),
      context: hinternet ? hex(typeof context === 'bigint' ? context : 0n) : undefined,
      // The callback is copied to a child when the child is made.
      hasCallback: hinternet && parentNode?.hasCallback === true,
      asynchronous: hinternet ? parentNode?.asynchronous ?? (Number(args['dwFlags'] ?? 0) & INTERNET_FLAG.INTERNET_FLAG_ASYNC) !== 0 : undefined,
      connectionId: undefined,
    };
  }
}

function kindOf(kind: HandleKind, args: Args): HandleKind {
  if (kind === 'connection' && args['dwService'] === INTERNET_SERVICE.INTERNET_SERVICE_FTP) return 'ftp-connection';
  const url = text(args['lpszUrl']);
  return kind === 'request' && /^\s*ftp:/iu.test(url) ? (url.trimEnd().endsWith('/') ? 'ftp-find' : 'ftp-file') : kind;
}

function words(api: FunctionName, args: Args): { readonly label: string; readonly detail: string } {
  switch (api) {
    case 'InternetOpen': {
      const asynchronous = (Number(args['dwFlags'] ?? 0) & INTERNET_FLAG.INTERNET_FLAG_ASYNC) !== 0;
      return { label: 'Session', detail: [asynchronous ? 'async' : 'sync', text(args['lpszAgent'])].filter((part) => part !== '').join(' · ') };
    }
    case 'FtpOpenFile': return { label: `${args['dwAccess'] === GENERIC_ACCESS.GENERIC_WRITE ? 'Write' : 'Read'} ${text(args['lpszFileName'])}`, detail: '' };
    case 'FtpFindFirstFile': return { label: `Find ${text(args['lpszSearchFile']) || '*'}`, detail: '' };
    case 'FtpCommand': return { label: text(args['lpszCommand']), detail: '' };
    case 'InternetConnect': return { label: `${text(args['lpszServerName'])}:${String(args['nServerPort'] ?? '')}`, detail: '' };
    case 'HttpOpenRequest': return { label: `${text(args['lpszVerb']) || 'GET'} ${text(args['lpszObjectName']) || '/'}`, detail: '' };
    case 'InternetOpenUrl': return { label: `${kindOf('request', args) === 'request' ? 'GET' : 'Open'} ${text(args['lpszUrl'])}`, detail: '' };
    case 'HttpCreateServerSession': return { label: 'Server session', detail: '' };
    case 'HttpCreateUrlGroup': return { label: 'URL group', detail: '' };
    case 'HttpCreateRequestQueue': return { label: text(args['Name']) === '' ? 'Queue' : `Queue “${text(args['Name'])}”`, detail: '' };
    case 'HttpCreateHttpHandle': return { label: 'Queue', detail: 'version 1' };
    default: return { label: api, detail: '' };
  }
}

function text(value: ArgValue): string {
  return typeof value === 'string' ? value : '';
}

function verbOf(request: StructFields): string {
  const { Verb: verb, pUnknownVerb: unknown } = request;
  if (typeof unknown === 'string' && unknown !== '') return unknown;
  return typeof verb === 'number' ? constantName('HTTP_VERB', verb)?.replace('HttpVerb', '') ?? '' : '';
}

function addressOf(request: StructFields): string {
  const address = request['Address'];
  const remote = typeof address === 'object' && !Array.isArray(address) && 'pRemoteAddress' in address ? address['pRemoteAddress'] : undefined;
  return typeof remote === 'string' ? `from ${remote}` : '';
}
