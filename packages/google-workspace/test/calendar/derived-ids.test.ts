import { failure, type SentRequest } from '@context-sdk/test-support';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { runKeyedHistory, STEPS } from './keyed-histories.ts';
import { EMPTY, hour } from './times.ts';

const server = useSandbox();
const KEY = { key: 'user-1/task/42' };

test('19.10: a key has one event or none, whatever two processes and the trash do', async () => {
  await fc.assert(fc.asyncProperty(STEPS, runKeyedHistory), { numRuns: 8, seed: 19 });
});

describe('19.10: a key whose event was deleted and cannot be restored', () => {
  test.each([403, 404] as const)('makes another event, always the same one (%i)', async (answer) => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const ids = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const event = await calendar.events.create(hour(9, { summary: `round ${round}` }), KEY);
      expect(event.summary).toBe(`round ${round}`);
      expect(await calendar.events.create(hour(10), KEY)).toMatchObject({
        id: event.id,
        summary: event.summary,
      });
      ids.add(event.id);
      user.purgeEvent(event.id, 'primary', answer);
    }
    expect(ids.size).toBe(4);
    expect(user.events().filter(({ status }) => status === 'confirmed')).toEqual([]);
  });

  test('is restored where Google allows it', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create(hour(9), KEY);
    await calendar.events.delete(id, { sendUpdates: 'none' });
    expect(await calendar.events.create(hour(9), KEY)).toMatchObject({ id, status: 'confirmed' });
  });

  test('ends with the conflict after eight ids', async () => {
    const deleted = { id: 'x', status: 'cancelled' };
    const { client, requests } = clientOf([
      ({ method }: { method: string }) => {
        if (method === 'POST') return googleFailure(409, 'duplicate');
        return method === 'GET' ? deleted : googleFailure(403, 'forbidden');
      },
    ]);
    expect(await failure(client.events.create(hour(9), KEY))).toMatchObject({ status: 409 });
    const ids = requests
      .filter(({ method }) => method === 'POST')
      .map(({ json }) => (json as { id: string }).id);
    expect(new Set(ids).size).toBe(8);
  });

  test.each([{}, { status: 'ALREADY_EXISTS' }, { errors: [{ reason: 'duplicate' }] }])(
    'whatever Google calls an id that is taken: %j',
    async (said) => {
      const { client, requests } = clientOf([
        Response.json({ error: { code: 409, ...said } }, { status: 409 }),
        { id: 'x', status: 'cancelled' },
        googleFailure(403, 'forbidden'),
        { id: 'next' },
      ]);
      expect(await client.events.create(hour(9), KEY)).toEqual({ id: 'next' });
      expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT', 'POST']);
    },
  );

  test('in a bulk call, too', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const items = ['a', 'b'].map((key) => ({ ...hour(9, { summary: key }), key }));
    const [first, second] = await calendar.events.createMany(items);
    if (first?.status !== 'ok' || second?.status !== 'ok') throw new Error('Not created.');
    sandbox.google.testUser().calendar.purgeEvent(first.event.id, 'primary', 404);
    const again = await calendar.events.createMany(items);
    expect(again).toMatchObject([{ event: { summary: 'a' } }, { event: { id: second.event.id } }]);
    expect(again).not.toMatchObject([{ event: { id: first.event.id } }, {}]);
  });

  test('an event that a read does not see yet is not made twice', async () => {
    const { client, requests } = clientOf([
      ({ method, json }: SentRequest) => {
        if (method === 'POST') return googleFailure(409, 'duplicate');
        return method === 'GET' ? googleFailure(404, 'notFound') : json;
      },
    ]);
    const { id } = await client.events.create(hour(9), KEY);
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT']);
    expect(requests[0]?.json).toMatchObject({ id });
  });

  test('an id of the host is never changed', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const id = 'hostid42';
    await calendar.events.create(hour(9, { id }));
    sandbox.google.testUser().calendar.purgeEvent(id);
    expect(await failure(calendar.events.create(hour(9, { id })))).toMatchObject({ status: 409 });
  });
});
