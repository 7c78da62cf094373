import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createVitest, type InlineConfig, type Vitest } from 'vitest/node';
import config from '../../vitest.config.ts';
import { ROOT } from '../lib/workspace.ts';
import { HEAVY, WAITING } from '../tests/kinds-of-files.ts';

/** A source file's text in place of what is on disk. */
export interface Change {
  /** From the repository's root. */
  path: string;
  text: string;
}

/**
 * The tests of a source file's package. Tests that start processes are not among them: their processes read the sources from the
 * disk.
 */
export function testFilesFor(source: string): string[] {
  const [packages = '', packageName = ''] = source.split('/');
  return testsIn(`${packages}/${packageName}/test`);
}

function testsIn(folder: string): string[] {
  return globSync(`${folder}/**/*.test.ts`, { cwd: ROOT, exclude: [...HEAVY, ...WAITING] });
}

/** Runs test files again and again in one process, each time on other sources; nothing on disk changes. */
export class TestRunner {
  readonly #vitest: Vitest;
  readonly #served: { change?: Change };

  private constructor(vitest: Vitest, served: { change?: Change }) {
    this.#vitest = vitest;
    this.#served = served;
  }

  static async start(
    options: Pick<InlineConfig, 'setupFiles' | 'isolate' | 'bail'> = {},
  ): Promise<TestRunner> {
    const served: { change?: Change } = {};
    const plugin = {
      name: 'change',
      enforce: 'pre' as const,
      load: (id: string) =>
        served.change && id === join(ROOT, served.change.path) ? served.change.text : null,
    };
    const { resolve = {}, ssr = {} } = config;
    const vitest = await createVitest(
      'test',
      // The repository's own configuration has projects, and those would not know the plugin.
      {
        config: false,
        fsModuleCache: false,
        root: ROOT,
        watch: false,
        bail: 1,
        reporters: [{}],
        testTimeout: 10_000,
        // Faster to start than processes.
        pool: 'threads',
        ...options,
      },
      { resolve, ssr, plugins: [plugin] },
    );
    return new TestRunner(vitest, served);
  }

  /** Runs test files, with a change if there is one. Returns those that failed. */
  async failing(tests: readonly string[], change?: Change): Promise<string[]> {
    const before = this.#served.change;
    if (change) this.#served.change = change;
    // The file of the change before is as on disk again.
    for (const one of [before, change]) if (one) this.#vitest.invalidateFile(join(ROOT, one.path));
    const specifications = await this.#vitest.globTestSpecifications([...tests]);
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(specifications);
    // A failed test is no failure of this process.
    process.exitCode = 0;
    if (unhandledErrors.length > 0) return [...tests];
    const failed = testModules.filter((module) => !module.ok());
    // Vitest gives those of earlier runs as well.
    return failed.map(({ moduleId }) => relative(ROOT, moduleId)).filter((path) => tests.includes(path));
  }

  close(): Promise<void> {
    return this.#vitest.close();
  }
}
