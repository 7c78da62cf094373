import { memoryRateLimiter, type RateLimiter, RateLimitError, staticToken } from '@context-sdk/oauth-core';
import { apiErrorFor, createPipeline } from '@context-sdk/oauth-core/client-kit';
import { expect, test, vi } from 'vitest';

const away = (): Error => new Error('redis://:hunter2@db.internal is away');

/** Sends a write through a limiter of the host's. */
function write(rateLimiter: RateLimiter, answer: () => Response | Promise<Response>): Promise<Response> {
  const fetchFor = createPipeline({
    service: 'example',
    auth: staticToken('token'),
    origins: ['https://api.example.com'],
    rateLimiter,
    limits: [],
    retry: { attempts: 1 },
    fetch: async () => await answer(),
    classify: (response) =>
      response.status < 400 ? undefined : apiErrorFor(response, { service: 'example' }),
  }).fetchFor;
  const send = fetchFor({ operation: 'things.create', safety: 'unsafe' });
  return send('https://api.example.com/things', { method: 'POST', body: '{}' });
}

const PAUSES: readonly (readonly [string, RateLimiter['pause']])[] = [
  ['rejects', async () => Promise.reject(away())],
  [
    'throws at once',
    () => {
      throw away();
    },
  ],
];

test.for(PAUSES)('a pause that %s takes no response back', async ([, pause]) => {
  const limiter: RateLimiter = { ...memoryRateLimiter(), pause };
  const created = await write(limiter, () => Response.json({ id: 1 }, { headers: { 'retry-after': '1' } }));
  expect(await created.json()).toEqual({ id: 1 });
});

test.for(PAUSES)('nor does one that %s take the place of what the service said', async ([, pause]) => {
  const limiter: RateLimiter = { ...memoryRateLimiter(), pause };
  const refused = write(limiter, () => new Response('', { status: 429, headers: { 'retry-after': '1' } }));
  await expect(refused).rejects.toBeInstanceOf(RateLimitError);
});

/** A limiter that fails once the call is over, as one that can't free its slot. */
const failingAfterwards: RateLimiter = {
  async run(_key, dispatch) {
    await Promise.allSettled([dispatch()]);
    throw away();
  },
  pause: async () => undefined,
};

test('a limiter that fails once the response is there does not have it lost', async () => {
  const created = await write(failingAfterwards, () => Response.json({ id: 1 }));
  expect(await created.json()).toEqual({ id: 1 });
});

test('nor does it hide that a write may have arrived', async () => {
  const lost = write(failingAfterwards, () =>
    Promise.reject(Object.assign(new Error(), { code: 'ECONNRESET' })),
  );
  await expect(lost).rejects.toMatchObject({ name: 'NetworkError', sent: true });
});

test('one that fails before anything was sent fails the call', async () => {
  const fetch = vi.fn(() => Response.json({}));
  const limiter: RateLimiter = { run: async () => Promise.reject(away()), pause: async () => undefined };
  await expect(write(limiter, fetch)).rejects.toThrow('is away');
  expect(fetch).not.toHaveBeenCalled();
});
