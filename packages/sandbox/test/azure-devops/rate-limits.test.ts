import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { type CallApi, setUp, start } from './support/setup.ts';

function limited(rateLimit?: { limit?: number; windowMs?: number } | false): {
  sandbox: Sandbox;
  api: CallApi;
  waits: number[];
} {
  const waits: number[] = [];
  const azureDevOps = rateLimit === undefined ? {} : { rateLimit };
  return { ...setUp(azureDevOps, { sleep: async (ms) => void waits.push(ms) }), waits };
}

const limitHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('x-ratelimit') || name === 'retry-after'),
  );

describe('the budget of 200 TSTU', () => {
  test('says nothing far from the limit', async () => {
    const { sandbox, api, waits } = limited();
    sandbox.azureDevOps.spend(150);
    const { status, headers } = await api('GET /_apis/projects');
    expect([status, limitHeaders(headers), waits]).toEqual([200, {}, []]);
  });

  test('warns near it on a 200, before it delays', async () => {
    const { sandbox, api, waits } = limited();
    sandbox.azureDevOps.spend(180);
    const { status, headers } = await api('GET /_apis/projects');
    expect([status, waits]).toEqual([200, []]);
    expect(limitHeaders(headers)).toEqual({
      'retry-after': '3',
      'x-ratelimit-resource': 'Concurrency',
      'x-ratelimit-limit': '200',
      'x-ratelimit-remaining': '20',
      'x-ratelimit-reset': String(start / 1000 + 300),
    });
  });

  test('delays over it, and says by how much', async () => {
    const { sandbox, api, waits } = limited();
    sandbox.azureDevOps.spend(300);
    const { status, headers } = await api('GET /_apis/projects');
    expect([status, waits]).toEqual([200, [15_100]]);
    expect(limitHeaders(headers)).toMatchObject({
      'x-ratelimit-delay': '15.100',
      'x-ratelimit-remaining': '0',
    });
  });

  test('blocks at twice of it, and what is blocked is not done', async () => {
    const { sandbox, api, waits } = limited();
    sandbox.azureDevOps.spend(400);
    const create = 'POST /Fabrikam/_apis/wit/workitems/$Task';
    const answer = await api(create, [{ op: 'add', path: '/fields/System.Title', value: 'x' }]);
    expect(answer).toMatchObject({
      status: 429,
      json: { typeKey: 'RequestBlockedException', message: expect.stringMatching(/^TF400733/) },
    });
    expect(answer.headers.get('retry-after')).toBe('30');
    expect([waits, sandbox.azureDevOps.testUser().all()]).toEqual([[], []]);
  });

  test('is a window that slides, for each person', async () => {
    const { sandbox, api } = limited();
    sandbox.azureDevOps.spend(400);
    sandbox.azureDevOps.spend(400, 'norman@fabrikam.example');
    sandbox.clock.advance(300_000);
    expect((await api('GET /_apis/projects')).status).toBe(200);
    sandbox.azureDevOps.spend(400, 'norman@fabrikam.example');
    expect((await api('GET /_apis/projects')).status).toBe(200);
  });

  test('is used up by requests, too', async () => {
    const { api } = limited({ limit: 0.05 });
    const answers = [];
    for (let number = 0; number < 12; number += 1) answers.push(await api('GET /_apis/projects'));
    expect(answers.at(3)?.headers.has('retry-after')).toBe(false);
    expect(answers.at(5)?.headers.has('retry-after')).toBe(true);
    expect(answers.at(9)?.status).toBe(200);
    expect(answers.at(-1)?.status).toBe(429);
  });

  test('can be taken away', async () => {
    const { sandbox, api } = limited(false);
    sandbox.azureDevOps.spend(1e6);
    expect(limitHeaders((await api('GET /_apis/projects')).headers)).toEqual({});
  });
});
