import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

test('a task that is completed is not open anymore', async () => {
  const sandbox = createSandbox({ seed: 'empty' });
  const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
  await client.tasks.complete(await client.tasks.create({ title: 'Pack' }));
  expect(await client.tasks.listAll().toArray()).toEqual([]);
});
