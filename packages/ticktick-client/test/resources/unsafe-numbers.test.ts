import { type TaskChanges, TickTickClient, type UnsafeNumbers } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const TRIP = { id: 't1', projectId: 'p1' };

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

test.each(['update', 'updateMany'] as const)(
  '18.numbers: %s with a whole task leaves what has passed 2^53 as TickTick has it',
  async (method) => {
    const items = '[{ "id": "i1", "title": "Bags", "status": 0, "sortOrder": -9007199254740993 }]';
    const fields = `"sortOrder": -9007199254740993, "mark": { "of": 9007199254740993 }, "items": ${items}`;
    const answer = `{ "id": "t1", "projectId": "p1", "title": "Trip", "status": 0, ${fields} }`;
    const bodies: string[] = [];
    const client = new TickTickClient({
      auth: 'token',
      limits: [],
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST') bodies.push(await request.text());
        return new Response(
          new URL(request.url).pathname.endsWith('/batch')
            ? '{ "id2etag": { "t1": "e2" }, "id2error": {} }'
            : answer,
        );
      },
    });
    const task = await client.tasks.get({ id: 't1', projectId: 'p1' });
    const changes = { ...task, title: 'Journey' } as TaskChanges;
    if (method === 'update') await client.tasks.update(task, changes);
    else await client.tasks.updateMany([{ task, changes }]);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('Journey');
    expect(bodies[0]).not.toContain('900719925474099');
    await client.tasks.update(task, { sortOrder: 7 });
    expect(bodies[1]).toContain('"sortOrder":7');
  },
);

test.each([
  ['add', (client: TickTickClient) => client.tasks.items.add(TRIP, 'Socks')],
  ['rename', (client: TickTickClient) => client.tasks.items.rename(TRIP, 'i2', 'Shoes')],
  ['check', (client: TickTickClient) => client.tasks.items.check(TRIP, 'i2')],
  ['remove', (client: TickTickClient) => client.tasks.items.remove(TRIP, 'i2')],
] as const)(
  '18.numbers: items.%s sends what has passed 2^53 of the other items as it came',
  async (_name, change) => {
    let items = ['-9007199254740993', '9223372036854775807'].map(
      (sortOrder, index) =>
        `{ "id": "i${index + 1}", "title": "Item ${index + 1}", "status": 0, "startDate": null, "sortOrder": ${sortOrder} }`,
    );
    const bodies: string[] = [];
    const client = new TickTickClient({
      auth: 'token',
      limits: [],
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST') {
          bodies.push(await request.text());
          const sent = /"items":(\[.*\])/.exec(bodies[0] ?? '')?.[1];
          items = [(sent ?? '').slice(1, -1)];
          expect(request.headers.get('content-type')).toBe('application/json');
        }
        return new Response(
          `{ "id": "t1", "projectId": "p1", "title": "Trip", "items": [${items.join(', ')}] }`,
        );
      },
    });
    await change(client);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('"sortOrder":-9007199254740993');
    expect(bodies[0]?.match(/9223372036854775807/g) ?? []).toHaveLength(_name === 'remove' ? 0 : 1);
    expect(bodies[0]).not.toMatch(/90071992547409920|922337203685477600/);
  },
);
