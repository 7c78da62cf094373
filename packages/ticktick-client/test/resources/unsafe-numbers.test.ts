import { TickTickClient, type UnsafeNumbers } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('18.numbers: what has passed 2^53 is reported by its field', async () => {
  const reported: UnsafeNumbers[] = [];
  const account = { id: 2 ** 53, username: 'ann@example.com', displayName: 'Ann', timeZone: 'UTC' };
  const { client } = await server.start(
    { seed: 'empty', ticktick: { accounts: [account] } },
    { onUnsafeNumber: (numbers) => reported.push(numbers) },
  );
  const task = await client.tasks.create({ title: 'x', sortOrder: -4_398_046_511_104 });
  expect(reported).toEqual([]);
  await client.comments.create(task, { title: 'hi' });
  await client.comments.list(task);
  expect(reported).toEqual([
    { operation: 'comments.create', fields: ['userId'] },
    { operation: 'comments.list', fields: ['[0].userId'] },
  ]);
});

test('16.36: a listener that throws or rejects costs no response, and ends no process', async () => {
  const fails = (): never => {
    throw new Error('the log is full');
  };
  for (const onUnsafeNumber of [fails, async () => fails()] as (() => unknown)[]) {
    const client = new TickTickClient({
      auth: 'token',
      limits: [],
      onUnsafeNumber,
      fetch: async () => new Response('[{ "id": "c1", "name": "C", "sortOrder": 9007199254740993 }]'),
    });
    expect(await client.columns.list('p1')).toMatchObject([{ id: 'c1' }]);
  }
});
