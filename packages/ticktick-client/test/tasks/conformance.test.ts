import { hasRecordings, recorded, skipped, withUnknownFields } from '@context-sdk/test-support/recordings';
import type { TaskChanges, TaskInput, TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { answering } from '../resources/answering.ts';

const FIXTURES = 'fixtures/ticktick';
const REF = { id: 'a', projectId: 'b' };
const range = { from: new Date('2000-01-01'), to: new Date('2030-01-01') };
const fortnight = { from: new Date('2026-03-01'), to: new Date('2026-03-08') };
const first = (payload: unknown): unknown => (Array.isArray(payload) ? payload[0] : payload);
const listed = (payload: unknown): unknown => [payload];

type Call = (client: TickTickClient) => Promise<unknown>;
const get: Call = (client) => client.tasks.get(REF);
const create: Call = (client) => client.tasks.create({ title: 'x' });
const update: Call = (client) => client.tasks.update(REF, { title: 'x' });
const filter: Call = (client) => client.tasks.filter({ status: [0, 2] }).toArray();
const listDue: Call = (client) => client.tasks.listDue(fortnight).toArray();
const search: Call = (client) => client.tasks.search({ keywords: 'x' });
const completed: Call = (client) => client.tasks.listCompleted(range).toArray();
const assign: Call = (client) => client.tasks.assign(REF, 'a@example.com');
const unassign: Call = (client) => client.tasks.unassign(REF);
const listOpen: Call = (client) => client.tasks.listOpen().toArray();

const walk: [fixture: string, operation: string, call: Call, wrap?: (payload: unknown) => unknown][] = [
  ['recorded/task-get.json', '#2', get],
  ['documented/task-get.docs.json', '#2', get],
  ['recorded/task-create.response.json', '#3', create],
  ['recorded/task-create.response.json', '#4', update],
  ['recorded/task-create.response.json', '#10', assign],
  ['recorded/task-create.response.json', '#11', unassign],
  ['documented/task-completed.docs.json', '#12', completed],
  ['recorded/task-filter.response.trimmed.json', '#13', filter],
  ['recorded/task-filter.response.trimmed.json', '#13', listOpen],
  ['documented/task-filter.docs.json', '#13', filter],
  ['documented/task-filter.docs.json', '#14', listDue],
  ['recorded/task-get.json', '#15', search, listed],
];

describe.skipIf(!hasRecordings)(`the recorded and documented payloads of tasks${skipped}`, () => {
  test.each(walk)(
    '%s decodes as the answer to %s with nothing lost',
    async (name, _operation, call, wrap) => {
      const payload = wrap ? wrap(recorded(FIXTURES, name)) : recorded(FIXTURES, name);
      for (const wire of [payload, withUnknownFields(payload)]) {
        const { client, asked } = answering(JSON.stringify(wire));
        expect(await call(client)).toEqual(wire);
        expect(asked).toHaveLength(1);
      }
    },
  );

  test('a task is created with the request that was recorded', async () => {
    const { client, asked } = answering(
      JSON.stringify(recorded(FIXTURES, 'recorded/task-create.response.json')),
    );
    const request = recorded(FIXTURES, 'recorded/task-create.request.json');
    await client.tasks.create(request as TaskInput);
    expect(await asked[0]?.json()).toEqual(request);
  });

  test('#7 and #5: an empty answer is success', async () => {
    const { client } = answering('');
    await client.tasks.complete(REF);
    await client.tasks.delete(REF);
  });

  test('#6: the recorded answer to completeTasks completes what it names', async () => {
    const request = recorded(FIXTURES, 'recorded/task-completeTasks.request.json') as {
      projectId: string;
      taskIds: string[];
    };
    const { client, asked } = answering(
      JSON.stringify(recorded(FIXTURES, 'recorded/task-completeTasks.response.json')),
    );
    const { projectId, taskIds } = request;
    const outcomes = await client.tasks.completeMany(taskIds.map((id) => ({ id, projectId })));
    expect(outcomes).toEqual(taskIds.map((id) => ({ status: 'ok', id })));
    expect(await asked[0]?.json()).toEqual(request);
  });

  test('#8: the documented answer to a move', async () => {
    const [moved] = recorded(FIXTURES, 'documented/task-move.docs.json') as { id: string; etag: string }[];
    const { client } = answering(JSON.stringify([moved]));
    expect(await client.tasks.move({ id: moved?.id ?? '', projectId: 'a' }, 'b')).toEqual(moved);
  });

  test('#9: the recorded receipt of a batch', async () => {
    const receipt = recorded(FIXTURES, 'recorded/task-batch.response.json') as {
      id2etag: Record<string, string>;
    };
    const request = recorded(FIXTURES, 'recorded/task-batch.request.json') as {
      update: (TaskChanges & { id: string; projectId: string })[];
    };
    const { client, asked } = answering(JSON.stringify(receipt));
    const outcomes = await client.tasks.updateMany(
      request.update.map(({ id, projectId, ...changes }) => ({ task: { id, projectId }, changes })),
    );
    expect(outcomes).toEqual(
      request.update.map(({ id }) => ({ status: 'ok', id, etag: receipt.id2etag[id] })),
    );
    expect(await asked[0]?.json()).toEqual({ update: request.update });
  });

  test('one item of a list is a task', async () => {
    const wire = first(recorded(FIXTURES, 'recorded/task-filter.response.trimmed.json'));
    const { client } = answering(JSON.stringify(wire));
    expect(await client.tasks.get(REF)).toEqual(wire);
  });
});
