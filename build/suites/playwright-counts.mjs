// A Playwright reporter that writes what ran, in the form of counts.mjs.
import { writeCounts } from './counts.mjs';

export default class PlaywrightCounts {
  /** @type {import('@playwright/test/reporter').Suite | undefined} */
  #suite;
  #errors = 0;

  /** @param {import('@playwright/test/reporter').FullConfig} _config @param {import('@playwright/test/reporter').Suite} suite */
  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onError() {
    this.#errors++;
  }

  onEnd() {
    const tests = this.#suite?.allTests() ?? [];
    const skipped = tests.filter((test) => test.outcome() === 'skipped');
    writeCounts({
      passed: tests.filter((test) => test.outcome() === 'expected').length,
      failed: tests.filter((test) => test.outcome() === 'unexpected' || test.outcome() === 'flaky').length + this.#errors,
      skipped: skipped.map((test) => ({
        title: test.titlePath().filter(Boolean).join(' › '),
        reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? '',
      })),
    });
  }

  printsToStdio() {
    return false;
  }
}
