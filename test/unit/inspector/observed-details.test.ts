import { expect, test } from 'vitest';
import { detailsOf } from '../../../electron/inspector/details';
import { ServiceStateReader } from '../../../electron/session/import/service-state/service-state-reader';
import type { HandleNode } from '../../../preload/contract/handle';
import { readText } from '../session/import/imported';
import { BY_QUEUE } from '../session/import/servicestate-text';

function detailsOfKind(kind: HandleNode['kind']) {
  const { trace } = readText((emit) => new ServiceStateReader(emit), BY_QUEUE);
  const node = [...trace.tree.all()].find((one) => one.kind === kind);
  if (node === undefined) throw new Error(`there is no ${kind}`);
  const details = detailsOf(trace, { kind: 'handle', handle: node.id }, () => new Uint8Array());
  if (!details.ok || details.value.kind !== 'handle') throw new Error('there are no details');
  return details.value;
}

test('the details of a handle that another recorder saw tell what that one wrote of it, and who it was', () => {
  const { facts, page } = detailsOfKind('request-queue');
  const values = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ 'Written by': 'netsh', 'Active requests': '3', 'Queued requests': '1', 'processes': '[2688 C:\\Windows\\System32\\svchost.exe]' });
  expect(page).toMatch(/httpcloserequestqueue/);
});
