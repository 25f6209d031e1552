import { expect, it } from 'vitest';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { expectsFailure } from '../../../electron/scenario/runner/provoked';
import { parseFunctionName } from '../../../preload/contract/win32/functions';

it.each<[boolean, string, string]>([
  [false, 'InternetCloseHandle', '{ returns: true }'],
  [false, 'InternetCloseHandle', '{ returns: true, lastError: ERROR_IO_PENDING }'],
  [true, 'InternetCloseHandle', '{ returns: false, lastError: ERROR_INVALID_HANDLE }'],
  [true, 'InternetCloseHandle', '{ returns: false }'],
  [false, 'HttpSendRequest', '{ returns: false, lastError: ERROR_IO_PENDING }'],
  [true, 'HttpSendRequest', '{ lastError: ERROR_INTERNET_CANNOT_CONNECT }'],
  [true, 'HttpSendRequest', '{ either: [{ returns: true }, { returns: false, lastError: ERROR_INVALID_HANDLE }] }'],
  [false, 'HttpOpenRequest', '{ returns: handle }'],
  [true, 'HttpOpenRequest', '{ returns: null }'],
  [false, 'HttpOpenRequest', '{ returns: { not: null } }'],
  [true, 'InternetSetFilePointer', '{ returns: 0xffffffff, lastError: ERROR_INVALID_HANDLE }'],
  [true, 'InternetSetStatusCallback', '{ returns: INTERNET_INVALID_STATUS_CALLBACK }'],
  [false, 'HttpReceiveHttpRequest', '{ returns: ERROR_IO_PENDING }'],
  [false, 'HttpReceiveHttpRequest', '{ returns: NO_ERROR }'],
  [true, 'HttpReceiveHttpRequest', '{ returns: ERROR_CONNECTION_INVALID }'],
  [true, 'HttpReceiveHttpRequest', '{ returns: { any: [ERROR_INVALID_HANDLE, 1229] } }'],
  [true, 'HttpReceiveHttpRequest', '{ returns: { not: NO_ERROR } }'],
])('%s: %s is expected to fail by %s', (fails, call, expectation) => {
  const scenario = loadScenario(`scenario: x\ntitle: x\nsteps: [{ call: ${call}, expect: ${expectation} }]`);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error));
  const [step] = scenario.value.steps;
  const name = parseFunctionName(call)?.name;
  if (step?.verb !== 'call' || name === undefined) throw new Error('no call');
  expect(expectsFailure(step.expect, name)).toBe(fails);
});
