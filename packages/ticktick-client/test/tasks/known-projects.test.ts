import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { answering } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

test('the projects of the last 10,000 tasks seen are remembered, and no more', async () => {
  const seen = Array.from({ length: 10_001 }, (_, index) => ({
    id: `task${index}`,
    projectId: 'p1',
    title: 'x',
  }));
  const { fetch, requests } = answering(({ path }) => {
    if (path.endsWith('/task/search')) return seen;
    if (path.endsWith('/task/filter')) return seen.slice(0, 1);
    return seen.find(({ id }) => path.endsWith(`/${id}`));
  });
  const client = new TickTickClient({ auth: 'token', fetch, rateLimiter: memoryRateLimiter() });
  await client.tasks.search({ keywords: 'x' });
  const sentFor = async (id: string): Promise<(string | undefined)[]> => {
    const before = requests.length;
    expect((await client.tasks.get(id)).id).toBe(id);
    return requests.slice(before).map(({ path }) => path.replace('/open/v1', ''));
  };
  expect(await sentFor('task1')).toEqual(['/project/p1/task/task1']);
  expect(await sentFor('task0')).toEqual(['/task/filter']);
});
