// A Vitest reporter that writes what ran, in the form of counts.mjs.
import { writeCounts } from './counts.mjs';

export default class VitestCounts {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled errors outside any test
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // A file that could not be read has no tests, and a group whose set-up failed runs none: one failure each.
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = groups.filter((group) => group.errors().length > 0).length + unhandled.length;
    writeCounts({
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: tests.filter((test) => test.result().state === 'failed').length + broken,
      skipped: tests.flatMap((test) => {
        const result = test.result();
        if (result.state !== 'skipped') return [];
        // Nobody asked to skip it: its set-up failed, which is counted above.
        const stranded = test.options.mode === 'run' && result.note === undefined;
        return stranded ? [] : [{ title: test.fullName, reason: result.note ?? '' }];
      }),
    });
  }
}
