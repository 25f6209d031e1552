import { assertUnreachable } from '../../../preload/contract/result';
import { ANSWERS } from './peer';
import { isServed, type Sequence, type Step } from './sequence';

/** The invariants that hold whatever an application does; that it uses no closed handle is not one of them. */
const INVARIANTS = ['closing-is-last', 'complete-before-closing', 'one-complete-per-pending', 'one-completion-per-overlapped'];

/** Writes a sequence as a scenario file that makes the same calls in the same order. */
export function asScenario(name: string, sequence: Sequence, notes: readonly string[]): string {
  return [
    `scenario: ${name}`, 'title: A sequence that broke a rule, shrunk', 'source: test/conformance/properties',
    ...(notes.length === 0 ? [] : ['notes: |', ...notes.map((note) => `  ${note}`)]),
    'ports: [port]', 'server:', '  routes:', ...routes(), 'steps:', ...new Writer(sequence).lines(), '',
  ].join('\n');
}

function routes(): readonly string[] {
  return [
    ...Object.entries(ANSWERS).flatMap(([path, answer]) => {
      if (answer === undefined) return [];
      const parts = [...(answer.late === undefined ? [] : [`delay: ${answer.late}`]), `raw: ${JSON.stringify(answer.raw)}`, ...(answer.ends === undefined ? [] : [`then: ${answer.ends}`])];
      return [`    ${path}: { ${parts.join(', ')} }`];
    }),
    '    /never: { delay: 60000, body: never }',
  ];
}

class Writer {
  private connections = 0;
  private requests = 0;
  private receives = 0;
  private urls = 0;

  constructor(private readonly sequence: Sequence) {}

  lines(): readonly string[] {
    const { asynchronous, steps } = this.sequence;
    return [
      call('InternetOpen', [['lpszAgent', 'sequence'], ['dwAccessType', 'INTERNET_OPEN_TYPE_DIRECT'], ...(asynchronous ? [['dwFlags', 'INTERNET_FLAG_ASYNC'] as const] : [])], 'session'),
      call('InternetSetStatusCallback', [['hInternet', '$session']]),
      ...(isServed(this.sequence) ? SERVER : []),
      ...steps.flatMap((step) => this.step(step)),
      `  - expectTrace: [${INVARIANTS.join(', ')}]`,
    ];
  }

  private step(step: Step): readonly string[] {
    const request = 'at' in step && this.requests > 0 ? `$r${step.at % this.requests}` : '0';
    const connection = 'at' in step && this.connections > 0 ? `$c${step.at % this.connections}` : '0';
    const receive = 'at' in step && this.receives > 0 ? `$v${step.at % this.receives}` : undefined;
    switch (step.do) {
      case 'connect': return [this.connect(`c${this.connections++}`, '$server.port', step.context ? 2 : 0)];
      case 'open': {
        const context = step.context ? 3 : 0;
        const name = `r${this.requests++}`;
        const own = step.path === '/served' ? [this.connect(`s${name}`, '$port', context)] : [];
        return [...own, call('HttpOpenRequest', [['hConnect', step.path === '/served' ? `$s${name}` : connection], ['lpszObjectName', step.path], ['dwContext', context]], name)];
      }
      case 'openUrl': {
        const port = step.path === '/served' ? '$port' : '$server.port';
        this.urls += 1;
        return [call('InternetOpenUrl', [['hInternet', '$session'], ['lpszUrl', `'http://127.0.0.1:${port}${step.path}'`], ['dwContext', this.sequence.asynchronous ? 100 + this.urls : 4]])];
      }
      case 'send': return [call('HttpSendRequest', [['hRequest', request]])];
      case 'sendEx': return [call('HttpSendRequestEx', [['hRequest', request], ['lpBuffersIn', '{ dwBufferTotal: 4 }']])];
      case 'write': return [call('InternetWriteFile', [['hFile', request], ['lpBuffer', "{ hex: '0102' }"]])];
      case 'end': return [call('HttpEndRequest', [['hRequest', request]])];
      case 'available': return [call('InternetQueryDataAvailable', [['hFile', request]])];
      case 'read': return [call('InternetReadFile', [['hFile', request], ['dwNumberOfBytesToRead', step.size]])];
      case 'readEx': return [call('InternetReadFileEx', [['hFile', request], ['lpBuffersOut', `{ dwBufferLength: ${step.size} }`]])];
      case 'closeRequest': return [call('InternetCloseHandle', [['hInternet', request]])];
      case 'closeConnection': return [call('InternetCloseHandle', [['hInternet', connection]])];
      case 'closeSession': return [call('InternetCloseHandle', [['hInternet', '$session']])];
      case 'closeInside': return this.requests === 0 ? [] : [
        `  - on: { callback: INTERNET_STATUS_${step.moment}, handle: ${request}, times: 1, do: [{ call: InternetCloseHandle, with: { hInternet: ${request} } }] }`,
      ];
      case 'closeQueue': return [call('HttpCloseRequestQueue', [['RequestQueueHandle', '$queue']])];
      case 'receive': return [call('HttpReceiveHttpRequest', [['RequestQueueHandle', '$queue'], ['overlapped', 'true']], `v${this.receives++}`)];
      case 'respond': return receive === undefined ? [] : [call('HttpSendHttpResponse', [
        ['RequestQueueHandle', '$queue'], ['RequestId', `${receive}.RequestId`], ['HttpResponse', '{ StatusCode: 200, pReason: OK, pEntityChunks: [served] }'], ['overlapped', 'true'],
      ])];
      case 'cancel': return receive === undefined ? [] : [call('HttpCancelHttpRequest', [['RequestQueueHandle', '$queue'], ['RequestId', `${receive}.RequestId`], ['overlapped', 'true']])];
      case 'cancelReceive': return receive === undefined ? [] : [call('CancelIoEx', [['hFile', '$queue'], ['lpOverlapped', receive]])];
      case 'turn': return [`  - wait: { ms: ${step.count} }`];
      default: return assertUnreachable(step);
    }
  }

  private connect(name: string, port: string, context: number): string {
    return call('InternetConnect', [['hInternet', '$session'], ['lpszServerName', '127.0.0.1'], ['nServerPort', port], ['dwService', 'INTERNET_SERVICE_HTTP'], ['dwContext', context]], name);
  }
}

const SERVER: readonly string[] = [
  call('HttpInitialize', [['Version', 'HTTPAPI_VERSION_2'], ['Flags', 'HTTP_INITIALIZE_SERVER']]),
  call('HttpCreateServerSession', [['Version', 'HTTPAPI_VERSION_2']], 'service'),
  call('HttpCreateUrlGroup', [['ServerSessionId', '$service']], 'group'),
  call('HttpCreateRequestQueue', [['Version', 'HTTPAPI_VERSION_2']], 'queue'),
  call('HttpSetUrlGroupProperty', [['UrlGroupId', '$group'], ['Property', 'HttpServerBindingProperty'], ['PropertyInformation', '{ Flags: 1, RequestQueueHandle: $queue }']]),
  call('HttpAddUrlToUrlGroup', [['UrlGroupId', '$group'], ['pFullyQualifiedUrl', "'http://127.0.0.1:$port/'"]]),
];

function call(name: string, args: readonly (readonly [string, string | number])[], as?: string): string {
  const line = `  - call: ${name}\n    with: { ${args.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
  return as === undefined ? line : `${line}\n    as: ${as}`;
}
