import { describe, expect, test } from 'vitest';
import { stillSandbox, textsOf } from '../support.ts';
import { signIn, token } from './oauth-flow.ts';
import { apiOf } from './support.ts';

const GUIDE = { ticktick: { dialect: 'guide' } } as const;
const REFUSED = { status: 400, json: { error: 'invalid_grant' } };

const refresh = (
  sandbox: ReturnType<typeof stillSandbox>,
  refreshToken: string | undefined,
): ReturnType<typeof token> =>
  token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });

describe("the guide's tokens", () => {
  test('live an hour and come with a refresh token', async () => {
    expect(await signIn(stillSandbox(GUIDE))).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '3600',
      scope: 'tasks:read tasks:write',
    });
  });

  test('are replaced by a refresh, the refresh token too', async () => {
    const sandbox = stillSandbox(GUIDE);
    const first = await signIn(sandbox);
    sandbox.clock.advance(3_600_000);
    expect((await apiOf(sandbox, first['access_token'])('GET /task')).status).toBe(401);
    const { json } = await refresh(sandbox, first['refresh_token']);
    const second = textsOf(json);
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    expect((await apiOf(sandbox, second['access_token'])('GET /task')).status).toBe(200);
    expect(sandbox.ticktick.stats.refreshes).toBe(1);
  });

  test('all die when a refresh token comes a second time', async () => {
    const sandbox = stillSandbox(GUIDE);
    const { refreshToken } = sandbox.ticktick.issueToken();
    const { json } = await refresh(sandbox, refreshToken);
    const second = textsOf(json);
    expect(await refresh(sandbox, refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(sandbox, second['refresh_token'])).toMatchObject(REFUSED);
    expect((await apiOf(sandbox, second['access_token'])('GET /task')).status).toBe(401);
    expect(sandbox.ticktick.stats).toMatchObject({ refreshes: 1, refreshReuses: 1 });
  });

  test('are lost with the answer that was to bring them', async () => {
    const sandbox = stillSandbox(GUIDE);
    const { refreshToken } = sandbox.ticktick.issueToken();
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'oauth.token' });
    await expect(refresh(sandbox, refreshToken)).rejects.toThrow('fetch failed');
    expect(await refresh(sandbox, refreshToken)).toMatchObject(REFUSED);
  });

  test('need the secret, and the client that they were given to', async () => {
    const sandbox = stillSandbox(GUIDE);
    const { refreshToken = '' } = sandbox.ticktick.issueToken();
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(await token(sandbox, { ...form, client_secret: 'guess' })).toMatchObject({ status: 401 });
    const body = new URLSearchParams({ ...form, client_id: sandbox.ticktick.app.clientId });
    const response = await sandbox.fetch('https://ticktick.com/oauth/token', { method: 'POST', body });
    expect(response.status).toBe(401);
    expect((await refresh(sandbox, refreshToken)).status).toBe(200);
  });

  test('count how many refreshes of one grant were under way at once', async () => {
    const sandbox = stillSandbox(GUIDE);
    const { refreshToken } = sandbox.ticktick.issueToken();
    await Promise.all([
      refresh(sandbox, refreshToken),
      refresh(sandbox, refreshToken),
      refresh(sandbox, 'other'),
    ]);
    expect(sandbox.ticktick.stats).toMatchObject({ concurrentRefreshes: 2, refreshReuses: 1 });
  });
});
