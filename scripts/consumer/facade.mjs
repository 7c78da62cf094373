// A host that installs the facade alone, as strict package managers see it.
import assert from 'node:assert/strict';
import { createContext, memoryRateLimiter, NoFreeSlotError, NotFoundError } from '@context-sdk/context';
import { wiql } from '@context-sdk/context/azure-devops';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { TickTickClient } from '@context-sdk/context/ticktick';
import { createSandbox } from '@context-sdk/sandbox';

const sandbox = createSandbox({ seed: 5 });
const key = Buffer.alloc(32, 7).toString('base64');
const context = createContext({
  store: encryptedStore(sqliteStore(':memory:'), { current: 'one', keys: { one: key } }),
  rateLimiter: memoryRateLimiter(),
  baseUrl: 'https://host.example',
  providers: { ticktick: {}, azureDevOps: { organizationUrl: sandbox.azureDevOps.organization.url } },
  fetch: sandbox.fetch,
});
const user = context.user('ada');
await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
assert.ok(user.ticktick instanceof TickTickClient);
await assert.rejects(user.ticktick.tasks.get('6247ee29630c800f064fd145'), NotFoundError);
const { workItems } = await user.azureDevOps();
await workItems.query(wiql`SELECT [System.Id] FROM WorkItems`, { top: 1 }).toArray();
assert.equal(new NoFreeSlotError(60).code, 'no_free_slot');
