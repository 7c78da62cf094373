// The stores for Cloudflare in workerd, on miniflare's D1 and Durable Objects: npm --prefix compat run databases
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import type { Outcome } from './databases/worker.ts';

const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, 'databases/worker.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  conditions: ['@context-sdk/source', 'workerd', 'worker'],
  external: ['cloudflare:*'],
  logLevel: 'error',
});
const worker = new Miniflare({
  modules: true,
  script: outputFiles[0]?.text ?? '',
  compatibilityDate: '2026-07-01',
  compatibilityFlags: ['nodejs_compat'],
  d1Databases: ['DB'],
  kvNamespaces: ['KV'],
  durableObjects: { RECORDS: { className: 'Records', useSQLite: true } },
});
try {
  for (const path of ['/d1', '/durable-objects']) {
    const response = await worker.dispatchFetch(`https://app.test${path}`);
    const { passed, failures } = (await response.json()) as Outcome;
    console.log(`${path.slice(1)}: ${passed} passed, ${failures.length} failed`);
    assert.deepEqual(failures, []);
  }
  const refusal = await (await worker.dispatchFetch('https://app.test/kv')).text();
  assert.match(refusal, /Workers KV .*compare-and-set/);
  console.log('Workers KV:', refusal);
} finally {
  await worker.dispose();
}
