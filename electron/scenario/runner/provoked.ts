import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Matcher } from '../language/matcher';
import type { CallExpectation } from '../language/step';
import type { Value } from '../language/value';

/** What is no failure: success, and an operation that pends. */
const FINE: ReadonlySet<string> = new Set(['NO_ERROR', 'ERROR_SUCCESS', 'ERROR_IO_PENDING', 'ERROR_MORE_DATA', 'ERROR_HANDLE_EOF', '0', '997']);

/**
 * Whether a step says that its call is to fail. Then what the call does wrong it does on purpose, to show what comes of it,
 * and the referee's finding is a note.
 */
export function expectsFailure(expectation: CallExpectation | undefined, name: FunctionName): boolean {
  if (expectation === undefined) return false;
  if (expectation.either.some((one) => expectsFailure(one, name))) return true;
  const { returns, lastError } = expectation;
  if (signatureOf(name).returns === 'ERROR') return returns !== undefined && mayBe(returns, isErrorCode);
  // A function may give what it likes for a failure (InternetSetFilePointer 0xFFFFFFFF): its last error tells.
  if (lastError !== undefined) return mayBe(lastError, isErrorCode) && !(returns !== undefined && mayBe(returns, isSuccess));
  return returns !== undefined && mayBe(returns, isNothing);
}

function mayBe(matcher: Matcher, test: (value: Value) => boolean): boolean {
  switch (matcher.kind) {
    case 'value': return test(matcher.value);
    case 'words': return matcher.words.some((word) => {
      if (word.word === 'is') return mayBe(word.matcher, test);
      if (word.word === 'any') return word.matchers.some((one) => mayBe(one, test));
      return word.word === 'not' && !mayBe(word.matcher, test);
    });
    case 'list': case 'fields': return false;
  }
}

function isErrorCode(value: Value): boolean {
  if (value.kind === 'integer') return !FINE.has(String(value.value));
  return value.kind === 'text' && !FINE.has(value.text);
}

function isNothing(value: Value): boolean {
  if (value.kind === 'text') return value.text === 'INTERNET_INVALID_STATUS_CALLBACK';
  return value.kind === 'null' || (value.kind === 'boolean' && !value.value) || (value.kind === 'integer' && value.value === 0n);
}

function isSuccess(value: Value): boolean {
  return (value.kind === 'boolean' && value.value) || (value.kind === 'text' && value.text === 'handle');
}
