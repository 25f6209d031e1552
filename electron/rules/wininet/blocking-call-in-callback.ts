import type { CallEvent } from '../../../preload/contract/event';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { pageOf, statusTitle } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, type Scene } from '../scene';

const NETWORK: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'HttpSendRequest', 'InternetReadFile', 'InternetQueryDataAvailable', 'InternetWriteFile', 'FtpOpenFile', 'FtpFindFirstFile', 'InternetFindNextFile',
  'FtpGetFile', 'FtpPutFile', 'FtpDeleteFile', 'FtpRenameFile', 'FtpCreateDirectory', 'FtpRemoveDirectory', 'FtpSetCurrentDirectory', 'FtpCommand',
]);
const RECEIVES: ReadonlySet<FunctionName> = new Set<FunctionName>(['HttpReceiveHttpRequest', 'HttpReceiveRequestEntityBody', 'HttpWaitForDisconnect', 'HttpWaitForDemandStart']);

export const blockingCallInCallback: Rule = {
  id: 'blocking-call-in-callback',
  severity: 'warning',
  page: pageOf('InternetSetStatusCallback'),
  says: 'A call that blocks was made inside a status callback, whose thread WinINet needs.',
  fix: 'Post the work to a thread of your own and return from the callback; or use an asynchronous session.',
  watch: (scene, report) => ({
    call: (event) => {
      if (event.inCallback === undefined || !blocks(event, scene)) return;
      const callback = scene.callback(event.inCallback);
      report({
        handles: [event.handle, callback?.handle], events: [event.seq, event.inCallback], culprit: event,
        message: `${called(event)} blocks on ${scene.name(event.handle)} inside ${callback === undefined ? 'a callback' : statusTitle(callback.status)} (event ${event.inCallback}), on thread ${event.thread}.`,
      });
    },
  }),
};

function blocks(event: CallEvent, scene: Scene): boolean {
  if (RECEIVES.has(event.api)) return event.args['Overlapped'] === '0x0';
  if (event.api === 'WaitForSingleObject') return event.args['dwMilliseconds'] !== 0;
  return NETWORK.has(event.api) && scene.node(event.handle)?.asynchronous === false;
}
