import { InvalidRequestError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';

/** Daily at nine in Berlin, on the day before the clocks change. */
const START = '2026-03-28T08:00:00.000+0000';
const TASK = { id: 'a1', projectId: 'p1', title: 'Water', startDate: START, dueDate: START };

function account(timeZone: string | null | undefined) {
  const written: unknown[] = [];
  const client = clientOf(async (request) => {
    if (request.url.endsWith('/preference')) return Response.json({ timeZone: 'Europe/Berlin' });
    if (request.method === 'GET') {
      return Response.json({ ...TASK, timeZone, repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' });
    }
    const json: unknown = await request.json();
    written.push(json);
    return Response.json({ ...TASK, ...(json as object) });
  });
  return { client, written };
}

test.each([undefined, null, ''])(
  '18.recurrence: skip reads a task whose zone is %j in the account’s, which it stays in',
  async (timeZone) => {
    const { client, written } = account(timeZone);
    await client.tasks.skip(TASK);
    const next = '2026-03-29T07:00:00+0000';
    expect(written).toEqual([
      expect.objectContaining({ startDate: next, dueDate: next, timeZone: 'Europe/Berlin' }),
    ]);
  },
);

test('18.recurrence: skip gives a task no other zone than one that this runtime doesn’t know', async () => {
  const { client, written } = account('Mars/Olympus_Mons');
  const error = await failure(client.tasks.skip(TASK));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ field: 'timeZone' });
  expect(written).toEqual([]);
});
