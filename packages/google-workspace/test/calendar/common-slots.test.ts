import type { CommonSlotsQuery } from '@context-sdk/google-workspace';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf } from './client-of.ts';

const OFFICE = { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] } as const;
const QUERY = {
  from: '2026-11-23T00:00:00Z',
  to: '2026-11-25T00:00:00Z',
  timeZone: 'Europe/London',
  durationMinutes: 60,
  granularityMinutes: 60,
  workingHours: OFFICE,
} as const;

type Busy = Record<string, [start: string, end: string][] | 'unknown'>;

/** A client of a Google where these people are busy then, on 23 November. */
function clientWith(busy: Busy) {
  return clientOf([
    ({ json }: SentRequest) => {
      const { items } = json as { items: { id: string }[] };
      const times = (id: string): object => {
        const of = busy[id] ?? [];
        if (of === 'unknown') return { errors: [{ reason: 'notFound' }] };
        return {
          busy: of.map(([start, end]) => ({
            start: `2026-11-23T${start}:00Z`,
            end: `2026-11-23T${end}:00Z`,
          })),
        };
      };
      return { calendars: Object.fromEntries(items.map(({ id }) => [id, times(id)])) };
    },
  ]).client.freeBusy;
}

function hours(slots: readonly { start: string }[]): string[] {
  return slots.map(({ start }) => start.slice(8, 16));
}

describe('19.findCommonSlots', () => {
  test('required people are all free; the slots with most optional people come first', async () => {
    const freeBusy = clientWith({
      a: [['09:00', '11:00']],
      b: [['15:00', '17:00']],
      c: [['11:00', '14:00']],
    });
    const { slots } = await freeBusy.findCommonSlots({
      ...QUERY,
      to: '2026-11-24T00:00:00Z',
      people: [{ id: 'a' }, { id: 'b' }, { id: 'c', optional: true }],
    });
    expect(hours(slots)).toEqual(['23T14:00', '23T11:00', '23T12:00', '23T13:00']);
    expect(slots.map(({ rank, absent }) => [rank, absent])).toEqual([
      [1, []],
      [2, [{ id: 'c', reason: 'busy' }]],
      [3, [{ id: 'c', reason: 'busy' }]],
      [4, [{ id: 'c', reason: 'busy' }]],
    ]);
  });

  test('each has their own zone and hours', async () => {
    const people = [
      { id: 'london' },
      { id: 'new york', timeZone: 'America/New_York' },
      { id: 'tokyo', timeZone: 'Asia/Tokyo', workingHours: { mon: [['08:00', '20:00']] }, optional: true },
    ] as const;
    const { slots } = await clientWith({}).findCommonSlots({ ...QUERY, to: '2026-11-24T00:00:00Z', people });
    expect(hours(slots)).toEqual(['23T14:00', '23T15:00', '23T16:00']);
    expect(slots[0]).toMatchObject({
      absent: [{ id: 'tokyo', reason: 'outsideWorkingHours' }],
      local: [
        { id: 'london', start: '2026-11-23T14:00:00+00:00' },
        { id: 'new york', start: '2026-11-23T09:00:00-05:00' },
        { id: 'tokyo', start: '2026-11-23T23:00:00+09:00' },
      ],
    });
  });

  test("a buffer is its own person's", async () => {
    const freeBusy = clientWith({ a: [['12:00', '13:00']], b: [['12:00', '13:00']] });
    const people = [{ id: 'a', bufferMinutes: 60 }, { id: 'b' }];
    const { slots } = await freeBusy.findCommonSlots({ ...QUERY, to: '2026-11-24T00:00:00Z', people });
    expect(hours(slots)).toEqual(['23T09:00', '23T10:00', '23T14:00', '23T15:00', '23T16:00']);
  });

  test('who is unknown keeps slots back if required, and is absent if optional', async () => {
    const freeBusy = clientWith({ b: 'unknown' });
    const unknown = [{ id: 'b', errors: ['notFound'] }];
    const required = { ...QUERY, people: [{ id: 'a' }, { id: 'b' }] };
    expect(await freeBusy.findCommonSlots(required)).toMatchObject({ slots: [], unknown });
    expect((await freeBusy.findCommonSlots({ ...required, despiteUnknown: true })).slots).toHaveLength(10);
    const optional = { ...QUERY, people: [{ id: 'a' }, { id: 'b', optional: true }], limit: 1 };
    expect(await freeBusy.findCommonSlots(optional)).toMatchObject({
      unknown,
      slots: [{ absent: [{ id: 'b', reason: 'unknown' }] }],
    });
  });

  test('says who has no time at all', async () => {
    const freeBusy = clientWith({ b: [['00:00', '23:59']] });
    const query = { ...QUERY, to: '2026-11-24T00:00:00Z', people: [{ id: 'a' }, { id: 'b' }] };
    expect(await freeBusy.findCommonSlots(query)).toMatchObject({ slots: [], blocking: ['b'] });
  });

  test.each([
    ['people', { people: [] }],
    ['people[0]', { people: [null] }],
    ['people[1].id', { people: [{ id: 'a' }, { id: '' }] }],
    ['people[1].id', { people: [{ id: 'a' }, { id: 'a' }] }],
    ['people[0].timeZone', { people: [{ id: 'a', timeZone: 'Mars' }] }],
    ['people[0].workingHours.mon[0]', { people: [{ id: 'a', workingHours: { mon: [['9']] } }] }],
    ['people[0].bufferMinutes', { people: [{ id: 'a', bufferMinutes: -1 }] }],
    ['durationMinutes', { people: [{ id: 'a' }], durationMinutes: 0 }],
  ])('names %s', async (field, changes) => {
    const query = { ...QUERY, ...changes } as unknown as CommonSlotsQuery;
    expect(await failure(clientWith({}).findCommonSlots(query))).toMatchObject({ field });
  });
});
