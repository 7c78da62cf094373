import { useSandbox } from '@context-sdk/sandbox/jest';
import { TickTickClient } from '@context-sdk/ticktick-client';

const sandbox = useSandbox({ seed: 'empty' });

test('lists tasks', async () => {
  const client = new TickTickClient({ auth: sandbox.current.ticktick.issueApiToken() });
  await client.tasks.create({ title: 'Pack' });
  expect(await client.tasks.listOpen().toArray()).toHaveLength(1);
});
