// A process that runs tests on mutants, one at a time: a mutant that hangs takes only this process with it.
import { type Change, TestRunner } from './test-runner.ts';

/** What a worker is asked for. */
export interface TestsTask {
  change: Change;
  tests: string[];
}

// Without isolation the sources are loaded once per run, not once per test file.
const runner = await TestRunner.start({ isolate: false });
process.on('message', ({ change, tests }: TestsTask) => {
  // A failure of the runner itself says nothing about the mutant: the worker ends, and another one asks again.
  void runner.failing(tests, change).then((failing) => process.send?.({ failing }));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
