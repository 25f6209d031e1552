import type { HandleId } from '../../../preload/contract/ids';
import type { Story } from './story';
import type { Case } from './wininet-cases';

const MORE_DATA = 2;

function received(s: Story, queue: HandleId, connectionId = '0xc1', url?: string): HandleId {
  return s.opens('server-request', queue, { connectionId, ...(url === undefined ? {} : { out: { RequestBuffer: { CookedUrl: { pFullUrl: url } } } }) });
}

function answers(s: Story, request: HandleId, flags = 0): void {
  s.does('HttpSendHttpResponse', request, { Flags: flags });
}

export const HTTP_SERVER_CASES: readonly Case[] = [
  {
    rule: 'memory-reused-while-pending',
    breaks: (s) => { const { queue } = s.server(); s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100', RequestBuffer: '0x200' }); s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100', RequestBuffer: '0x300' }); },
    nearly: (s) => {
      const { queue } = s.server();
      s.completion(s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100', RequestBuffer: '0x200' }));
      s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100', RequestBuffer: '0x200' });
    },
  },
  {
    rule: 'one-completion-per-overlapped',
    breaks: (s) => { const { queue } = s.server(); const receive = s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100' }); s.completion(receive); s.completion(receive); },
    nearly: (s) => { const { queue } = s.server(); for (const at of ['0x100', '0x100']) s.completion(s.pends('HttpReceiveHttpRequest', queue, { Overlapped: at })); },
  },
  {
    rule: 'no-error-and-completion',
    breaks: (s) => { const { queue } = s.server(); const receive = s.call('HttpReceiveHttpRequest', queue, { args: { Overlapped: '0x100' } }); s.completion(receive); s.returned(receive, 'success'); },
    nearly: (s) => { const { queue } = s.server(); const receive = s.call('HttpReceiveHttpRequest', queue, { args: { Overlapped: '0x100' } }); s.completion(receive); s.returned(receive, 'pending'); },
  },
  {
    rule: 'aborted-by',
    breaks: (s) => { const { queue } = s.server(); const receive = s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100' }); s.does('CancelIoEx', queue); s.completion(receive, 995); },
    nearly: (s) => { const { queue } = s.server(); const receive = s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100' }); s.completion(receive, 0); s.does('CancelIoEx', queue); },
  },
  {
    rule: 'cancel-of-finished',
    breaks: (s) => { const { queue } = s.server(); const request = received(s, queue); answers(s, request); s.fails('HttpCancelHttpRequest', request, 1229); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); answers(s, request, MORE_DATA); s.does('HttpCancelHttpRequest', request); },
  },
  {
    rule: 'answer-after-cancel',
    breaks: (s) => { const { queue } = s.server(); const request = received(s, queue); s.does('HttpCancelHttpRequest', request); s.fails('HttpSendHttpResponse', request, 1229); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); answers(s, request, MORE_DATA); s.does('HttpCancelHttpRequest', request); },
  },
  {
    rule: 'used-after-final-write',
    breaks: (s) => { const { queue } = s.server(); const request = received(s, queue); s.pends('HttpSendHttpResponse', request, { Flags: 0, Overlapped: '0x100' }); s.does('HttpCancelHttpRequest', request); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); answers(s, request, MORE_DATA); s.does('HttpSendResponseEntityBody', request, { Flags: 0 }); },
  },
  {
    rule: 'request-id-dead',
    breaks: (s) => { const { queue } = s.server(); const request = received(s, queue); s.connection('reset', '0xc1', [request]); s.fails('HttpSendHttpResponse', request, 1229); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); s.fails('HttpSendHttpResponse', request, 87); },
  },
  {
    rule: 'cancel-loses-others',
    breaks: (s) => {
      const { queue } = s.server();
      const [first, second] = [received(s, queue), received(s, queue)];
      const cancel = s.call('HttpCancelHttpRequest', first);
      s.connection('closed', '0xc1', [first, second]);
      s.returned(cancel, 'success');
    },
    nearly: (s) => {
      const { queue } = s.server();
      const [first] = [received(s, queue), received(s, queue, '0xc2')];
      const cancel = s.call('HttpCancelHttpRequest', first);
      s.connection('closed', '0xc1', [first]);
      s.returned(cancel, 'success');
    },
  },
  {
    rule: 'request-unanswered',
    breaks: (s) => { const { queue } = s.server(); received(s, queue); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); s.connection('closed-by-peer', '0xc1', [request]); },
  },
  {
    rule: 'queue-closed-with-requests',
    breaks: (s) => { const { queue } = s.server(); received(s, queue); s.does('HttpCloseRequestQueue', queue); },
    nearly: (s) => { const { queue } = s.server(); answers(s, received(s, queue)); s.does('HttpShutdownRequestQueue', queue); s.does('HttpCloseRequestQueue', queue); },
  },
  {
    rule: 'closed-out-of-order',
    breaks: (s) => { const { session } = s.server(); s.does('HttpCloseServerSession', session); },
    nearly: (s) => {
      const { session, group, queue } = s.server();
      s.does('HttpCloseUrlGroup', group);
      s.does('HttpCloseServerSession', session);
      s.does('HttpCloseRequestQueue', queue);
      s.does('HttpTerminate', undefined, { Flags: 1 });
    },
  },
  {
    rule: 'url-removed-in-flight',
    breaks: (s) => { const { group, queue } = s.server(); received(s, queue, '0xc1', 'http://localhost:8080/a/b'); s.does('HttpRemoveUrlFromUrlGroup', group, { pFullyQualifiedUrl: 'http://+:8080/a/' }); },
    nearly: (s) => { const { group, queue } = s.server(); received(s, queue, '0xc1', 'http://localhost:8080/b'); s.does('HttpRemoveUrlFromUrlGroup', group, { pFullyQualifiedUrl: 'http://+:8080/a/' }); },
  },
  {
    rule: 'url-not-added',
    breaks: (s) => { const { group } = s.server(); s.fails('HttpAddUrlToUrlGroup', group, 183, { args: { pFullyQualifiedUrl: 'http://localhost:8080/' } }); },
    nearly: (s) => { const { group } = s.server(); s.does('HttpAddUrlToUrlGroup', group, { pFullyQualifiedUrl: 'http://localhost:8080/' }); },
  },
  {
    rule: 'receive-starvation',
    breaks: (s) => { s.server(); for (let i = 0; i < 6; i += 1) s.connection('accepted', `0xc${i}`); },
    nearly: (s) => { const { queue } = s.server(); s.pends('HttpReceiveHttpRequest', queue, { Overlapped: '0x100' }); for (let i = 0; i < 6; i += 1) s.connection('accepted', `0xc${i}`); },
  },
  {
    rule: 'disconnect-wait-too-late',
    breaks: (s) => { const { queue } = s.server(); const request = received(s, queue); s.connection('closed-by-peer', '0xc1', [request]); s.fails('HttpWaitForDisconnect', request, 1229, { args: { ConnectionId: '0xc1' } }); },
    nearly: (s) => { const { queue } = s.server(); const request = received(s, queue); const wait = s.pends('HttpWaitForDisconnect', request, { ConnectionId: '0xc1', Overlapped: '0x100' }); s.connection('closed-by-peer', '0xc1', [request]); s.completion(wait); },
  },
  {
    rule: 'initialize-balance',
    breaks: (s) => { s.does('HttpInitialize', undefined, { Flags: 1 }); s.does('HttpTerminate', undefined, { Flags: 2 }); },
    nearly: (s) => { for (const api of ['HttpInitialize', 'HttpInitialize', 'HttpTerminate', 'HttpTerminate'] as const) s.does(api, undefined, { Flags: 1 }); },
  },
  {
    rule: 'one-demand-start-per-queue',
    breaks: (s) => { const { queue } = s.server(); s.pends('HttpWaitForDemandStart', queue, { Overlapped: '0x100' }); s.pends('HttpWaitForDemandStart', queue, { Overlapped: '0x200' }); },
    nearly: (s) => { const { queue } = s.server(); s.completion(s.pends('HttpWaitForDemandStart', queue, { Overlapped: '0x100' })); s.pends('HttpWaitForDemandStart', queue, { Overlapped: '0x100' }); },
  },
];
