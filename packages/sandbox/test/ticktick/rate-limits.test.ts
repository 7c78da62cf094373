import { describe, expect, test } from 'vitest';
import { apiOf, setUp } from './support.ts';

const times = async (count: number, work: () => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await work();
};

describe('the rate limit', () => {
  test('refuses the 101st request within a minute, as an HTTP 500', async () => {
    const { api } = setUp();
    await times(100, async () => expect((await api('GET /project')).status).toBe(200));
    const { status, json, headers } = await api('GET /project');
    expect({ status, json }).toEqual({
      status: 500,
      json: {
        errorCode: 'exceed_query_limit',
        errorMessage: expect.stringMatching(
          /^Query rate limit exceeded\. Maximum 100 requests per minute\. /,
        ),
      },
    });
    expect(headers.get('retry-after')).toBeNull();
  });

  test('slides: each request frees its place a minute later', async () => {
    const { api, sandbox } = setUp();
    await times(50, () => api('GET /project'));
    sandbox.clock.advance(30_000);
    await times(50, () => api('GET /project'));
    sandbox.clock.advance(30_000);
    await times(50, async () => expect((await api('GET /project')).status).toBe(200));
    expect((await api('GET /project')).status).toBe(500);
  });

  test('counts refused requests: who retries at once keeps the window full', async () => {
    const { api, sandbox } = setUp();
    await times(101, () => api('GET /project'));
    sandbox.clock.advance(59_999);
    await times(100, () => api('GET /project'));
    sandbox.clock.advance(1);
    expect((await api('GET /project')).status).toBe(500);
    sandbox.clock.advance(60_000);
    expect((await api('GET /project')).status).toBe(200);
  });

  test('has a second window of 300 in five minutes', async () => {
    const { api, sandbox } = setUp();
    await times(3, async () => {
      await times(100, () => api('GET /project'));
      sandbox.clock.advance(60_000);
    });
    expect((await api('GET /project')).status).toBe(500);
    sandbox.clock.advance(120_000);
    expect((await api('GET /project')).status).toBe(200);
  });

  test('is shared by all tokens of an account, personal ones too, and not by accounts', async () => {
    const accounts = [1, 2].map((id) => ({
      id,
      username: `user-${id}@example.com`,
      displayName: `User ${id}`,
      timeZone: 'UTC',
    }));
    const { api, sandbox } = setUp({ ticktick: { accounts } });
    const personal = apiOf(sandbox, sandbox.ticktick.issueApiToken());
    const account = 'user-2@example.com';
    const other = apiOf(sandbox, sandbox.ticktick.issueToken({ account }).accessToken);
    await times(50, () => api('GET /project'));
    await times(50, () => personal('GET /project'));
    expect((await api('GET /project')).status).toBe(500);
    expect((await personal('GET /project')).status).toBe(500);
    expect((await other('GET /project')).status).toBe(200);
  });

  test('can be chosen, or left out', async () => {
    const few = setUp({ ticktick: { rateLimits: [{ limit: 1, intervalMs: 3000 }] } }).api;
    await few('GET /project');
    expect((await few('GET /project')).json).toMatchObject({
      errorMessage: expect.stringContaining('Maximum 1 requests per 3 seconds'),
    });
    const none = setUp({ ticktick: { rateLimits: [] } }).api;
    await times(150, async () => expect((await none('GET /project')).status).toBe(200));
  });
});
