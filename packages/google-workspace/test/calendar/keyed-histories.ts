import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { hour } from './times.ts';

/** What becomes of the event of a key: made by one process or by two at once, deleted, or deleted for good and refused or no longer found. */
type Step = readonly [action: 'create' | 'create twice' | 'delete' | 'purge' | 'lose', key: number];

/** Ids that a key may use up are eight. */
const MAX_STEPS = 16;
const KEYS = 3;

export const STEPS: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.constantFrom('create', 'create twice', 'delete', 'purge', 'lose'), fc.nat({ max: KEYS - 1 })),
  { maxLength: MAX_STEPS },
);

/** Runs a history of keyed events: a key always has one event, or none, and can be used again whatever became of it. */
export async function runKeyedHistory(steps: readonly Step[]): Promise<void> {
  const sandbox = createSandbox({ seed: 'empty', google: { quotas: { calendar: [] } } });
  const { accessToken } = sandbox.google.issueToken({ scopes: ['https://www.googleapis.com/auth/calendar'] });
  const own = sandbox.google.testUser().calendar;
  const clientOf = (): GoogleCalendarClient =>
    new GoogleCalendarClient({
      auth: accessToken,
      fetch: sandbox.fetch,
      retry: IMPATIENT,
      rateLimiter: memoryRateLimiter(),
      limits: [],
    });
  const processes = [clientOf(), clientOf()] as const;
  const ids = new Map<number, string>();
  for (const [action, key] of steps) {
    const summary = `key ${key}`;
    const makers = action === 'create twice' ? processes : processes.slice(0, 1);
    const known = ids.get(key);
    if (action.startsWith('create')) {
      const make = async ({ events }: GoogleCalendarClient): Promise<string> =>
        (await events.create(hour(9, { summary }), { key: summary })).id;
      const made = new Set(await Promise.all(makers.map(make)));
      expect(made.size).toBe(1);
      const [id = ''] = made;
      if (known !== undefined) expect(id).toBe(known);
      ids.set(key, id);
    } else if (known !== undefined) {
      if (action === 'delete') await processes[0].events.delete(known, { sendUpdates: 'none' });
      else own.purgeEvent(known, 'primary', action === 'purge' ? 403 : 404);
      ids.delete(key);
    }
    const standing = own.events().filter(({ status }) => status === 'confirmed');
    expect(new Map(standing.map((event) => [event['summary'], event.id]))).toEqual(
      new Map([...ids].map(([one, id]) => [`key ${one}`, id])),
    );
    expect(standing).toHaveLength(ids.size);
  }
}
