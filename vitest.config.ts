import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config';
import { BetweenProjects, WAITING_PROJECT } from './scripts/tests/between-projects.ts';

/** Workspace packages resolve to their sources, so tests need no build. The name is ours: bundlers know `source`. */
const CONDITIONS = ['@context-sdk/source', 'node', 'development|production'];

/** Tests of processes that meet within seconds: after all others. */
const HEAVY = [
  'packages/oauth-core/test/tokens/{chaos,dangers,stress}.test.ts',
  'packages/oauth-core/test/limiters/processes.test.ts',
];

/** Tests that start processes or a browser, and wait for what they do, not for a time: among all others. */
const WAITING = [
  'packages/oauth-core/test/stores/{processes,postgres-pooler,postgres-failover,redis-failover}.test.ts',
  'packages/mcp/test/{own-accounts,sandbox}.test.ts',
  'packages/ado-client/test/processes/*.test.ts',
  'examples/{express-server,worker}/**/*.test.ts',
];

/** Some wait while others work. Each loads the packages once. */
const WORKERS = 5;

/** Test files that share processes where not isolated, since they leave nothing behind: else half the time goes into starting. */
function light(name: string, include: string[], isolate = false): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', ...HEAVY, ...WAITING],
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
    sequence: { sequencer: BetweenProjects },
    // Node strips the types itself: a first run has nothing to transform.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      light('packages', ['packages/*/{test,simulation}/**/*.test.ts']),
      // Servers of other people's libraries replace globals.
      light('examples', ['examples/**/*.test.ts', 'scripts/**/*.test.ts'], true),
      {
        extends: true,
        test: { name: WAITING_PROJECT, include: WAITING, maxWorkers: WORKERS, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'heavy', include: HEAVY, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
    ],
  },
});

export default config;
