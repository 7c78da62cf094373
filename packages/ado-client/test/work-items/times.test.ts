import { InvalidRequestError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';

const WRONG_TIMES = [
  ['a day that does not exist', '2026-02-30T10:00:00Z'],
  ['hour 24', '2026-02-28T24:00:00Z'],
  ['an offset without a colon', '2026-02-28T10:00:00+0100'],
  ['no offset', '2026-02-28T10:00:00'],
  ['a day', '2026-02-28'],
  ['an invalid Date', new Date(Number.NaN)],
  ['a number', 1_772_272_800_000],
] as const;

test.each(WRONG_TIMES)('asOf is refused by name: %s', async (_, asOf) => {
  const { client, requests } = clientOf(() => ITEM);
  for (const call of [
    client.workItems.get(299, { asOf: asOf as string }),
    client.workItems.find(299, { asOf: asOf as string }),
    client.workItems.getMany([299], { asOf: asOf as string }),
  ]) {
    const error = await failure(call);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ field: 'asOf' });
  }
  expect(requests).toEqual([]);
});

test.each([
  ['2026-02-28T10:00:00+01:00', '2026-02-28T09:00:00.000Z'],
  ['2026-02-28T10:00Z', '2026-02-28T10:00:00.000Z'],
  [new Date('2026-02-28T10:00:00.123Z'), '2026-02-28T10:00:00.123Z'],
])('asOf %s is sent as %s', async (asOf, sent) => {
  const { client, requests } = clientOf(() => ITEM);
  await client.workItems.get(299, { asOf });
  expect(requests[0]?.url.searchParams.get('asOf')).toBe(sent);
});
