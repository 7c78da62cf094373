import { describe, expect, test } from 'vitest';
import { start, textsOf } from './support.ts';
import { callback, REDIRECT_URI, token } from './ticktick/oauth-flow.ts';
import { setUp } from './ticktick/support.ts';

describe('the recorded requests', () => {
  test('say what arrived, when, for whom, and what was answered', async () => {
    const { api, sandbox } = setUp();
    sandbox.clock.advance(5000);
    await api('GET /project?offset=1&limit=2');
    expect(sandbox.requests).toEqual([
      {
        host: 'api.ticktick.com',
        method: 'GET',
        path: '/open/v1/project',
        query: { offset: '1', limit: '2' },
        operation: 'project.list',
        at: start + 5000,
        arrivedAt: expect.any(Number),
        account: 'demo@example.com',
        status: 200,
      },
    ]);
    sandbox.clearRequests();
    expect(sandbox.requests).toEqual([]);
  });

  test('keep no token, code or secret', async () => {
    const { sandbox } = setUp({ ticktick: { dialect: 'guide' } });
    const code = (await callback(sandbox)).get('code') ?? '';
    const { json } = await token(sandbox, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
    });
    const tokens = textsOf(json);
    await sandbox.fetch(`https://api.ticktick.com/open/v1/task?access_token=${tokens['access_token']}`, {
      headers: { authorization: `Bearer ${tokens['access_token']}` },
    });
    const kept = JSON.stringify(sandbox.requests);
    expect(sandbox.requests).toHaveLength(3);
    for (const secret of [
      code,
      tokens['access_token'],
      tokens['refresh_token'],
      sandbox.ticktick.app.clientSecret,
    ]) {
      expect(kept).not.toContain(secret);
    }
  });
});
