// A Vitest reporter that writes what ran, in the form of counts.mjs.
import { writeCounts } from './counts.mjs';

export default class VitestCounts {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled errors outside any test
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // A file that could not be read has no tests: it is one failure, not none.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    writeCounts({
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: tests.filter((test) => test.result().state === 'failed').length + broken,
      skipped: tests.flatMap((test) => {
        const result = test.result();
        return result.state === 'skipped' ? [{ title: test.fullName, reason: result.note ?? '' }] : [];
      }),
    });
  }
}
