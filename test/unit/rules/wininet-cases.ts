import { SERVICE_SESSION_NOTE } from '../../../electron/rules/service-session';
import { SENT, CLOSING, type Story } from './story';

/** A trace that breaks a rule, and one that looks much like it and does not. */
export interface Case {
  readonly rule: string;
  readonly breaks: (story: Story) => void;
  readonly nearly: (story: Story) => void;
}

export const WININET_CASES: readonly Case[] = [
  {
    rule: 'no-use-after-close',
    breaks: (s) => { const { request } = s.client(); s.closes(request); s.fails('InternetReadFile', request, 6); },
    // A close that failed closed nothing.
    nearly: (s) => { const { request } = s.client(); s.fails('InternetCloseHandle', request, 6); s.does('InternetReadFile', request); },
  },
  {
    rule: 'closed-twice',
    breaks: (s) => { const { request } = s.client(); s.closes(request); s.fails('InternetCloseHandle', request, 6); },
    nearly: (s) => { const { request } = s.client(); s.fails('InternetCloseHandle', request, 6); s.closes(request); },
  },
  {
    rule: 'child-outlives-parent',
    breaks: (s) => { const { session, request } = s.client(); s.does('InternetCloseHandle', session); s.fails('InternetCloseHandle', request, 6); },
    nearly: (s) => { const { session, connection, request } = s.client(); s.closes(request); s.closes(connection); s.closes(session); },
  },
  {
    rule: 'close-races-call',
    breaks: (s) => {
      const { request } = s.client();
      const send = s.call('HttpSendRequest', request, { thread: 1 });
      s.does('InternetCloseHandle', request, {}, { thread: 2 });
      s.returned(send, 'failure');
    },
    // The page calls it safe inside a callback for the handle being closed, also while its call runs.
    nearly: (s) => {
      const { request } = s.client();
      const send = s.call('HttpSendRequest', request, { thread: 1 });
      const sent = s.callback(SENT, request, { thread: 1 });
      s.does('InternetCloseHandle', request, {}, { thread: 1, inCallback: sent.seq });
      s.returned(send, 'failure');
    },
  },
  {
    rule: 'closing-is-last',
    breaks: (s) => { const { request } = s.client(); s.closes(request); s.callback(SENT, request); },
    nearly: (s) => { const { request, connection } = s.client(); s.callback(SENT, request); s.closes(request); s.callback(SENT, connection); },
  },
  {
    rule: 'complete-before-closing',
    breaks: (s) => { const { request } = s.client(); const send = s.pends('HttpSendRequest', request); s.closes(request); s.completes(send, 12017); },
    nearly: (s) => {
      const { request } = s.client();
      const send = s.pends('HttpSendRequest', request);
      s.returned(s.call('InternetCloseHandle', request), 'pending');
      s.completes(send, 12017);
      s.closing(request);
    },
  },
  {
    rule: 'one-complete-per-pending',
    breaks: (s) => { const { request } = s.client(); s.pends('HttpSendRequest', request); s.closes(request); },
    nearly: (s) => { const { request } = s.client(); const send = s.pends('HttpSendRequest', request); s.completes(send); s.closes(request); },
  },
  {
    rule: 'handle-closing-missing',
    breaks: (s) => { const { request } = s.client(); s.does('InternetCloseHandle', request); s.later(5000).note('later'); },
    // With a NULL context none is promised.
    nearly: (s) => { const { request } = s.client({ context: '0x0' }); s.does('InternetCloseHandle', request); s.later(5000).note('later'); },
  },
  {
    rule: 'no-closing-will-come',
    breaks: (s) => {
      const { request } = s.client({ context: '0x0' });
      s.does('InternetCloseHandle', request);
      s.returned(s.call('WaitForSingleObject', undefined, { args: { dwMilliseconds: 5000 } }), 'success', { returns: 258 });
    },
    nearly: (s) => {
      const { request } = s.client();
      s.closes(request);
      s.returned(s.call('WaitForSingleObject', undefined, { args: { dwMilliseconds: 5000 } }), 'success', { returns: 258 });
    },
  },
  {
    rule: 'success-after-close',
    breaks: (s) => { const { request } = s.client(); const send = s.pends('HttpSendRequest', request); s.does('InternetCloseHandle', request); s.completes(send); s.closing(request); },
    nearly: (s) => { const { request } = s.client(); const send = s.pends('HttpSendRequest', request); s.does('InternetCloseHandle', request); s.completes(send, 12017); s.closing(request); },
  },
  {
    rule: 'parent-closed-with-pending',
    breaks: (s) => { const { session, request } = s.client(); const send = s.pends('HttpSendRequest', request); s.does('InternetCloseHandle', session); s.completes(send, 12017); },
    nearly: (s) => { const { session, request } = s.client(); const send = s.pends('HttpSendRequest', request); s.completes(send); s.does('InternetCloseHandle', session); },
  },
  {
    rule: 'callback-changed-after-children',
    breaks: (s) => { const { session } = s.client(); s.returned(s.call('InternetSetStatusCallback', session, { args: { lpfnInternetCallback: '0x20' } }), 'success', { returns: '0x10' }); },
    nearly: (s) => { const session = s.opens('session'); s.returned(s.call('InternetSetStatusCallback', session, { args: { lpfnInternetCallback: '0x20' } }), 'success', { returns: '0x10' }); s.opens('connection', session); },
  },
  {
    rule: 'blocking-call-in-callback',
    breaks: (s) => { const { request } = s.client({ asynchronous: false }); const sent = s.callback(SENT, request); s.does('InternetReadFile', request, {}, { inCallback: sent.seq, thread: 9 }); },
    nearly: (s) => { const { request } = s.client(); const sent = s.callback(SENT, request); s.does('InternetReadFile', request, {}, { inCallback: sent.seq, thread: 9 }); },
  },
  {
    rule: 'long-callback',
    breaks: (s) => { const { request } = s.client(); s.callbackReturns(s.callback(SENT, request), 500); },
    nearly: (s) => { const { request } = s.client(); s.callbackReturns(s.callback(SENT, request), 60); s.later(500).does('InternetQueryOption', request); },
  },
  {
    rule: 'handle-leaked',
    breaks: (s) => { s.opens('session'); s.later(1000).note('the end'); },
    nearly: (s) => { s.closes(s.opens('session')); },
  },
  {
    rule: 'leaked-on-error',
    breaks: (s) => { const { request } = s.client(); s.fails('HttpSendRequest', request, 12029); },
    // It failed once and then worked: the path that leaks is not the one of the error.
    nearly: (s) => { const { request } = s.client(); s.fails('HttpSendRequest', request, 12029); s.does('HttpSendRequest', request); },
  },
  {
    rule: 'handles-growing',
    breaks: (s) => { const session = s.opens('session'); for (let i = 0; i < 200; i += 1) s.does('InternetQueryOption', s.opens('connection', session)); },
    // As many are open, and all are in use.
    nearly: (s) => {
      const session = s.opens('session');
      const connections = Array.from({ length: 100 }, () => s.opens('connection', session));
      for (let i = 0; i < 200; i += 1) {
        connections.push(s.opens('connection', session));
        const oldest = connections.shift();
        if (oldest !== undefined) s.closes(oldest);
        for (const connection of connections.slice(0, 20)) s.does('InternetQueryOption', connection);
      }
      for (let i = 0; i < 100; i += 1) connections.push(s.opens('connection', session));
      for (const connection of connections) s.does('InternetQueryOption', connection);
    },
  },
  {
    rule: 'wininet-in-service',
    breaks: (s) => { s.note(SERVICE_SESSION_NOTE); s.opens('session'); },
    nearly: (s) => { s.note('Some other note.'); s.opens('session'); s.callback(CLOSING, s.opens('session')); },
  },
];
