import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('preference.get tells the account’s time zone, by the POST that TickTick wants', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const timeZone = sandbox.ticktick.accounts[0]?.timeZone;
  expect(await client.preference.get()).toEqual({ timeZone });
  expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /open/v1/preference',
  ]);
});

test('preference.get changes nothing, so it is sent again after a lost answer', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await client.preference.get()).toHaveProperty('timeZone');
  expect(sandbox.requests).toHaveLength(2);
});

test('countdowns.list gives every countdown', async () => {
  const { client } = await server.start({ seed: 'demo' });
  expect(await client.countdowns.list()).toEqual([
    expect.objectContaining({ name: 'Birthday', date: expect.any(Number), reminders: [] }),
  ]);
  const { client: empty } = await server.start({ seed: 'empty' });
  expect(await empty.countdowns.list()).toEqual([]);
});
