import { expect, test } from 'vitest';
import { type Consumer, couldNotStore } from './processes/could-not-store.ts';

const LEASE_MS = 7500;
const REQUEST = {
  worker: '0',
  requestId: 'a',
  refreshToken: 'R1',
  status: 200,
  at: 10_000,
  answeredAt: 10_100,
};
const UNHINDERED: Consumer = { killedAt: undefined, pauses: [], hindrances: [] };

const CASES: readonly [what: string, isExplained: boolean, consumer: Partial<Consumer>][] = [
  ['nothing happened', false, {}],
  ['it was killed within the lease', true, { killedAt: 17_400 }],
  ['it was killed later', false, { killedAt: 17_600 }],
  ['it was stopped for a lease', true, { pauses: [{ from: 10_050, to: 17_000 }] }],
  ['it was stopped for half a lease', false, { pauses: [{ from: 10_050, to: 14_000 }] }],
  [
    'it was stopped twice, together for a lease',
    true,
    {
      pauses: [
        { from: 9000, to: 12_500 },
        { from: 12_600, to: 16_300 },
      ],
    },
  ],
  [
    'a stop that was told twice counts once',
    false,
    {
      pauses: [{ from: 10_050, to: 14_000 }],
      hindrances: [{ what: 'stood still', from: 10_040, to: 14_010 }],
    },
  ],
  [
    'its store did not answer',
    true,
    { hindrances: [{ what: 'the store was slow', from: 10_110, to: 17_000 }] },
  ],
  [
    'its store did so long before',
    false,
    { hindrances: [{ what: 'the store was slow', from: 0, to: 8000 }] },
  ],
  [
    'it gave up before the server answered',
    true,
    { hindrances: [{ what: 'a response was lost', from: 8050, to: 10_050, requestId: 'a' }] },
  ],
  [
    'it gave up before the request arrived',
    true,
    { hindrances: [{ what: 'a response was lost', from: 7000, to: 9000, requestId: 'a' }] },
  ],
  [
    'it gave up another request',
    false,
    { hindrances: [{ what: 'a response was lost', from: 8050, to: 10_050, requestId: 'b' }] },
  ],
  [
    'it gave up after it had been stopped when the server answered',
    true,
    {
      pauses: [{ from: 10_020, to: 10_130 }],
      hindrances: [{ what: 'a response was lost', from: 8050, to: 10_150, requestId: 'a' }],
    },
  ],
  [
    'it gave up although the server had answered',
    false,
    { hindrances: [{ what: 'a response was lost', from: 9900, to: 11_900, requestId: 'a' }] },
  ],
];

test.each(CASES)('17: new tokens can be lost if %s: %s', (_, isExplained, consumer) => {
  expect(couldNotStore({ ...UNHINDERED, ...consumer }, REQUEST, LEASE_MS)).toBe(isExplained);
});
