import { milliseconds } from '../../preload/contract/number-words';
import type { CallEvent } from '../../preload/contract/event';
import { isEnded, type HandleKind, type HandleNode } from '../../preload/contract/handle';
import { seq } from '../../preload/contract/ids';
import type { ExplainedStep } from '../../preload/contract/query';
import { resultWords, statusTitle } from '../trace/event-words';
import type { Trace } from '../trace/trace';
import { stillOwed, type Step } from './explain';

const CLOSED_BY: Readonly<Record<HandleKind, string>> = {
  session: 'InternetCloseHandle', connection: 'InternetCloseHandle', request: 'InternetCloseHandle', 'ftp-connection': 'InternetCloseHandle',
  'ftp-file': 'InternetCloseHandle', 'ftp-find': 'InternetCloseHandle', 'server-session': 'HttpCloseServerSession', 'url-group': 'HttpCloseUrlGroup',
  'request-queue': 'HttpCloseRequestQueue', 'server-request': 'the last part of its answer, or HttpCancelHttpRequest,',
  process: 'the end of the process',
};

/** Events looked at from the newest on: what keeps a handle open now is not far back. */
const REACH = 5000;

/** Why a handle is still open: who asked for its end in vain, what is pending or owed, what is open below it, what its last use was. Empty once it has ended. */
export function explainOpen(trace: Trace, node: HandleNode): readonly ExplainedStep[] {
  if (isEnded(node.state)) return [];
  const steps: Step[] = [asked(node), ...attempts(trace, node), ...busyCallbacks(trace, node)];
  if (node.state === 'closing') steps.push(...stillOwed(node, false));
  else {
    for (const { call, api, since } of node.pending) {
      steps.push({ seq: call, at: since, title: `${api} is pending`, result: sinceTime(since), tone: 'pending', documented: 'It completes once; a close or cancel ends it.' });
    }
  }
  steps.push(...below(trace, node), lastUse(trace, node));
  return steps.map(({ at, ...step }) => ({ ...step, offset: at === undefined ? undefined : at - node.createdAt }));
}

/** A time, and not how long ago it was: this is told once, and read for as long as somebody likes. */
function sinceTime(time: number): string {
  return `since ${milliseconds(time)}`;
}

function asked(node: HandleNode): Step {
  if (node.closeRequestedAt !== undefined) {
    return {
      seq: undefined, at: node.closeRequestedAt, title: 'Its end was asked for', result: sinceTime(node.closeRequestedAt), tone: 'pending',
      documented: 'With requests outstanding a handle is not closed at once: it is invalid, and closes when they have completed.',
    };
  }
  return {
    seq: node.createdBy, at: node.createdAt, title: 'Nobody has asked for its end', result: `open ${sinceTime(node.createdAt)}`, tone: 'plain',
    documented: `${CLOSED_BY[node.kind]} ends it.`,
  };
}

/** Closes of it that failed. */
function attempts(trace: Trace, node: HandleNode): readonly Step[] {
  const steps: Step[] = [];
  for (let place = Math.max(trace.log.first, trace.log.length - REACH); place < trace.log.length; place += 1) {
    if (trace.log.handleAt(seq(place)) !== node.id || trace.log.kindAt(seq(place)) !== 'return') continue;
    const event = trace.log.at(seq(place));
    if (event.kind !== 'return' || event.outcome !== 'failure' || !CLOSED_BY[node.kind].includes(event.api)) continue;
    steps.push({ seq: event.seq, at: event.time, title: `${event.api} failed`, result: resultWords(event), tone: 'bad', documented: 'A close that fails leaves the handle as it was.' });
  }
  return steps;
}

/** Callbacks of it that have not returned, as far as a call that is running inside them shows. */
function busyCallbacks(trace: Trace, node: HandleNode): readonly Step[] {
  const running = new Map<number, CallEvent>();
  for (let place = Math.max(trace.log.first, trace.log.length - REACH); place < trace.log.length; place += 1) {
    const kind = trace.log.kindAt(seq(place));
    const link = trace.log.linkAt(seq(place));
    if (kind === 'return' && link !== undefined) running.delete(link);
    if (kind !== 'call' || link === undefined) continue;
    const event = trace.log.at(seq(place));
    if (event.kind === 'call') running.set(event.seq, event);
  }
  return [...running.values()].flatMap((call): readonly Step[] => {
    const callback = call.inCallback === undefined || !trace.log.has(call.inCallback) ? undefined : trace.log.at(call.inCallback);
    if (callback?.kind !== 'callback' || callback.handle !== node.id) return [];
    return [{
      seq: callback.seq, at: callback.time, title: `${statusTitle(callback.status)} has not returned`, result: `in ${call.api}, thread ${callback.thread}`, tone: 'bad',
      documented: 'The thread that makes the callbacks waits for it: nothing more comes on this handle until it returns.',
    }];
  });
}

function below(trace: Trace, node: HandleNode): readonly Step[] {
  return trace.tree.childrenOf(node.id).flatMap((id): readonly Step[] => {
    const child = trace.tree.get(id);
    if (child === undefined || isEnded(child.state)) return [];
    return [{
      seq: child.createdBy, at: child.createdAt, title: `${child.label} is open below it`, result: child.pending.length === 0 ? child.state : `${child.state}, ${child.pending.length} pending`,
      tone: 'plain', documented: 'Its close takes this one along; close it first.',
    }];
  });
}

function lastUse(trace: Trace, node: HandleNode): Step {
  for (let place = trace.log.length - 1; place >= Math.max(trace.log.first, trace.log.length - REACH); place -= 1) {
    if (trace.log.handleAt(seq(place)) !== node.id) continue;
    const event = trace.log.at(seq(place));
    const what = event.kind === 'callback' ? statusTitle(event.status) : 'api' in event ? event.api : event.kind === 'observed' ? event.name : event.kind;
    return { seq: event.seq, at: event.time, title: `Last used: ${what}`, result: `at ${milliseconds(event.time)}, thread ${event.thread}`, tone: 'plain', documented: '' };
  }
  return { seq: node.createdBy, at: node.createdAt, title: 'Not used since it was made', result: '', tone: 'plain', documented: '' };
}
