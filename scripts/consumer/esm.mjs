// A host with ES modules, on the installed packages.
import assert from 'node:assert/strict';
import { memoryStore, NotFoundError } from '@context-sdk/oauth-core';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';

const sandbox = createSandbox({ seed: 5 });
const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
assert.equal((await client.tasks.listAll().toArray()).length, 5);
await assert.rejects(client.tasks.get('6247ee29630c800f064fd145'), NotFoundError);

for (const store of [memoryStore(), sqliteStore(':memory:')]) {
  assert.ok(await store.compareAndSet('key', undefined, 'value'));
  assert.equal((await store.get('key'))?.value, 'value');
}
