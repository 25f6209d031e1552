import { checkValue } from './check-shape';
import type { FtpScript, ServerScript } from './peer-script';
import type { Problems } from './problem';
import type { Scenario } from './scenario';
import { NUMBER, TEXT } from './shape';
import type { ReceiveUntil, Step } from './step';
import { choiceOf } from './step-values';
import type { Value } from './value';

/** Every value of the scripted servers. */
export function valuesInPeers({ server, ftp }: Scenario): readonly Value[] {
  return [...(server === undefined ? [] : inServer(server)), ...(ftp === undefined ? [] : inFtp(ftp))];
}

function inServer({ routes }: ServerScript): readonly Value[] {
  return (routes ?? []).flatMap(({ path, answers }) => [path, ...answers.flatMap(({ delay, content }) => [
    ...given(delay),
    ...(content.kind === 'raw' ? [content.raw] : [
      ...given(content.status), ...given(content.reason), ...given(content.body), ...content.headers.map(({ value }) => value),
    ]),
  ])]);
}

function inFtp({ files, replies }: FtpScript): readonly Value[] {
  return [...files.map(({ text }) => text), ...replies.map(({ reply }) => reply)];
}

function given(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

/** Holds the answers of the scripted server to what is due in their places. */
export function checkServerScript(script: ServerScript, problems: Problems): void {
  for (const { delay, content } of (script.routes ?? []).flatMap(({ answers }) => answers)) {
    if (delay !== undefined) checkValue(delay, NUMBER, problems);
    if (content.kind === 'raw') checkValue(content.raw, TEXT, problems);
    else {
      if (content.status !== undefined) checkValue(content.status, NUMBER, problems);
      for (const value of [...given(content.reason), ...given(content.body)]) checkValue(value, TEXT, problems);
    }
  }
}

/** Holds what a step waits for or does with a peer to what is due in its place. */
export function checkPlaces(step: Step, problems: Problems): void {
  const choice = choiceOf(step);
  for (const value of [...given(choice?.handle), ...given(choice?.context)]) checkValue(value, NUMBER, problems);
  switch (step.verb) {
    case 'wait':
      if (step.until.kind === 'overlapped') checkReference(step.until.overlapped, 'an OVERLAPPED that a call was given', problems);
      if (step.until.kind === 'done') checkReference(step.until.call, 'what a call bound', problems);
      return;
    case 'readAll':
      checkValue(step.file, NUMBER, problems);
      if (step.size !== undefined) checkValue(step.size, NUMBER, problems);
      return;
    case 'client':
      if (step.action.kind === 'connect') checkValue(step.action.port, NUMBER, problems);
      else checkReference(step.action.on, 'a connection', problems);
      if (step.action.kind === 'send') checkValue(step.action.bytes, TEXT, problems);
      if (step.action.kind === 'receive') checkUntil(step.action.until, problems);
      return;
    case 'server': case 'ftp':
      if (step.on !== undefined) checkReference(step.on, 'a connection', problems);
      if (step.action.kind === 'send') checkValue(step.action.bytes, TEXT, problems);
      if (step.action.kind === 'receive') checkUntil(step.action.until, problems);
      return;
    case 'call': case 'on': case 'mark': case 'expect': case 'expectTrace': return;
  }
}

function checkUntil(until: ReceiveUntil, problems: Problems): void {
  if (until.kind === 'count') checkValue(until.bytes, NUMBER, problems);
}

/** What only an earlier step can have made. */
function checkReference(value: Value, what: string, problems: Problems): void {
  if (value.kind === 'reference') return;
  const hint = value.kind === 'text' ? ` Did you mean "$${value.text}"?` : '';
  problems.add(value.at, `This is ${what}, by its name: $name.${hint}`);
}
