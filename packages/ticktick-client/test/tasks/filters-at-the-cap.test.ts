import { TaskPriority } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test.each([150, 250])('labels, names and empty lists filter alike with %i tasks', async (count) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  for (let index = 0; index < count; index += 1) phone.createTask({ title: `t${index}`, tags: ['Work'] });
  for (const filter of [
    { tags: ['Work'] },
    { tags: ['work'], status: [] },
    { projectIds: [], priority: [] },
    { kind: [], tags: [], priority: [TaskPriority.none] },
  ]) {
    expect(await client.tasks.filter(filter).toArray()).toHaveLength(count);
  }
});

test('work that was done before a 500 is unknown, or found', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
  sandbox.faults.inject({ kind: 'status', status: 500, body: '{"errorCode":"unknown_exception"}' } as never, {
    rate: 1,
  });
  const [outcome] = await client.tasks.updateMany([{ task, changes: { title: 'y' } }]);
  expect(outcome?.status).toBe('unknown');
});
