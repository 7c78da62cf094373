import { join } from 'node:path';
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config';
import { HEAVY, REPLACES_GLOBALS } from './scripts/tests/kinds-of-files.ts';
import { Spread } from './scripts/tests/spread.ts';

/** Workspace packages resolve to their sources, so tests need no build. The name is ours: bundlers know `source`. */
const CONDITIONS = ['@context-sdk/source', 'node', 'development|production'];

/** Some wait while others work. Each loads the packages once. */
const WORKERS = 5;

/** Test files that share processes where not isolated, since they leave nothing behind: else half the time goes into starting. */
function light(
  name: string,
  include: string[],
  exclude: string[],
  isolate: boolean,
): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', ...HEAVY, ...exclude],
      isolate,
      maxWorkers: WORKERS,
      sequence: { groupOrder: 0 },
    },
  };
}

const config: ViteUserConfig = defineConfig({
  resolve: { conditions: CONDITIONS },
  ssr: { resolve: { conditions: CONDITIONS } },
  test: {
    // For a machine that is several times as slow: a test that hangs is the only one that takes so long.
    testTimeout: 60_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: Spread },
    setupFiles: [join(import.meta.dirname, 'scripts/tests/resolve-once.ts')],
    // For the next run, and for the processes that tests start: what Node has stripped and compiled.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    // Node strips the types itself: a first run has nothing to transform.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      light(
        'shared',
        ['packages/*/{test,simulation}/**/*.test.ts', 'examples/**/*.test.ts', 'scripts/**/*.test.ts'],
        REPLACES_GLOBALS,
        false,
      ),
      light('isolated', REPLACES_GLOBALS, [], true),
      {
        extends: true,
        test: { name: 'heavy', include: HEAVY, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
    ],
  },
});

export default config;
