import { useSandbox } from '@context-sdk/sandbox/vitest';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const sandbox = useSandbox({ seed: 'empty' });

test('a task that is completed is not open anymore', async () => {
  const client = new TickTickClient({ auth: sandbox.current.ticktick.issueApiToken() });
  await client.tasks.complete(await client.tasks.create({ title: 'Pack' }));
  expect(await client.tasks.listOpen().toArray()).toEqual([]);
});
