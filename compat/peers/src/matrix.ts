// Runs the tests of each optional peer with each version that its range allows, and prints the table of compat/README.md.
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';

interface Peer {
  /** Tests whose subject uses the peer, below `packages/`. */
  tests: readonly string[];
  versions: readonly string[];
}

const REDIS = [
  'oauth-core/test/stores/redis-conformance.test.ts',
  'oauth-core/test/stores/redis-store.test.ts',
  'oauth-core/test/limiters/redis-concurrency.test.ts',
];

const PEERS: Readonly<Record<string, Peer>> = {
  ioredis: { tests: REDIS, versions: ['ioredis-5.0', 'ioredis-5', 'ioredis-6'] },
  redis: { tests: REDIS, versions: ['redis-4', 'redis-5.0', 'redis-5', 'redis-6'] },
  pg: {
    tests: [
      'oauth-core/test/stores/postgres-conformance.test.ts',
      'oauth-core/test/stores/postgres-store.test.ts',
    ],
    versions: ['pg-8.0', 'pg-8.11', 'pg-8.16', 'pg-8.23'],
  },
  'p-throttle': {
    tests: ['oauth-core/test/limiters/throttle-rate-limiter.test.ts'],
    versions: ['p-throttle-6', 'p-throttle-7', 'p-throttle-8'],
  },
  kysely: {
    tests: ['oauth-core/test/stores/query-libraries.test.ts'],
    versions: ['kysely-0.27', 'kysely-0.28', 'kysely-0.29.0', 'kysely-0.29'],
  },
  '@opentelemetry/api': {
    tests: ['oauth-core/test/telemetry/opentelemetry.test.ts', 'oauth-core/test/telemetry/metrics.test.ts'],
    versions: ['opentelemetry-1.3', 'opentelemetry-1.8', 'opentelemetry-1.9'],
  },
  msw: { tests: ['sandbox/test/transports.test.ts'], versions: ['msw-2.0', 'msw-2', 'msw-3'] },
};

const CONFIG = join(import.meta.dirname, '../vitest.config.ts');
const [only = ''] = process.argv.slice(2);

for (const [peer, { tests, versions }] of Object.entries(PEERS)) {
  for (const version of versions.filter((one) => one.startsWith(only))) {
    const env = { PEER: peer, PEER_ALIAS: version };
    const files = tests.map((test) => `packages/${test}`);
    const { code, output } = await run('vitest', ['run', '--config', CONFIG, ...files], {
      env,
      timeoutMs: 300_000,
    });
    const counts = /Tests\s+(.*)/.exec(output)?.[1] ?? 'no test ran';
    console.log(`| ${peer} | ${version} | ${code === 0 ? 'yes' : 'no'} | ${counts} |`);
    for (const [, failed = ''] of output.matchAll(/^ FAIL +(.*)$/gm)) console.log(`  ${failed}`);
  }
}
