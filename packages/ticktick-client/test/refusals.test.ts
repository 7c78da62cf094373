import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { answering, failure, IMPATIENT, type SentRequest } from '@context-sdk/test-support';
import { TickTickClient, type TickTickClientOptions } from '@context-sdk/ticktick-client';
import { expect, test, vi } from 'vitest';

const refusal = (): Response => new Response(null, { status: 401 });

/** A client of a TickTick that refuses the token at these paths. */
function clientOf(
  isRefused: (path: string) => boolean,
  options: Partial<TickTickClientOptions> = {},
): { client: TickTickClient; requests: SentRequest[] } {
  const { fetch, requests } = answering(({ path }) => (isRefused(path) ? refusal() : Response.json([])));
  const client = new TickTickClient({
    auth: 'token',
    fetch,
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    ...options,
  });
  return { client, requests };
}

const isTag = (path: string): boolean => path.endsWith('/tag');

test('16.17: 401 on one route, for a token that is good elsewhere, is a missing permission', async () => {
  const { client, requests } = clientOf(isTag);
  const wanted = { code: 'permission_denied', status: 401, service: 'ticktick' };
  await expect(client.tags.list()).rejects.toMatchObject(wanted);
  await expect(client.tags.list()).rejects.toMatchObject(wanted);
  await expect(client.projects.list()).resolves.toEqual([]);
  expect(requests.map(({ path }) => path.slice('/open/v1/'.length))).toEqual([
    'tag',
    'project',
    'tag',
    'project',
  ]);
});

test('16.17: the token of a gateway is proven with its tasks', async () => {
  const { client } = clientOf((path) => path.endsWith('/task/7'), { dialect: 'guide' });
  await expect(client.tasks.get({ id: '7', projectId: 'p' })).rejects.toMatchObject({
    code: 'permission_denied',
  });
});

test('16.17: a token that is refused everywhere is rejected', async () => {
  const { client, requests } = clientOf(() => true);
  await expect(client.tags.list()).rejects.toMatchObject({ reason: 'rejected' });
  expect(requests).toHaveLength(2);
});

test('16.17: after a minute the token is asked about again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let isGood = true;
  const { client } = clientOf((path) => isTag(path) || !isGood);
  expect(await failure(client.tags.list())).toMatchObject({ code: 'permission_denied' });
  isGood = false;
  vi.advanceTimersByTime(60_001);
  expect(await failure(client.tags.list())).toMatchObject({ reason: 'rejected' });
  vi.useRealTimers();
});

test('16.17: a renewed token that one route refuses is asked about, and not renewed for each call', async () => {
  let renewed = 0;
  const { client } = clientOf(isTag, {
    auth: {
      getAccessToken: async (asked) => {
        if (asked?.rejected !== undefined) renewed += 1;
        return `token-${renewed}`;
      },
    },
  });
  const wanted = { code: 'permission_denied' };
  await expect(client.tags.list()).rejects.toMatchObject(wanted);
  await expect(client.tags.list()).rejects.toMatchObject(wanted);
  expect(renewed).toBe(1);
});
