import { describe, expect, it } from 'vitest';
import { signIn, token } from './oauth-flow.ts';
import { stillSandbox, textsOf } from '../support.ts';
import { apiOf } from './support.ts';

const guide = { ticktick: { dialect: 'guide' } } as const;
const refused = { status: 400, json: { error: 'invalid_grant' } };

const refresh = (
  sandbox: ReturnType<typeof stillSandbox>,
  refreshToken: string | undefined,
): ReturnType<typeof token> =>
  token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });

describe("the guide's tokens", () => {
  it('live an hour and come with a refresh token', async () => {
    expect(await signIn(stillSandbox(guide))).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '3600',
      scope: 'tasks:read tasks:write',
    });
  });

  it('are replaced by a refresh, the refresh token too', async () => {
    const sandbox = stillSandbox(guide);
    const first = await signIn(sandbox);
    sandbox.clock.advance(3_600_000);
    expect((await apiOf(sandbox, first['access_token'])('GET /task')).status).toBe(401);
    const { json } = await refresh(sandbox, first['refresh_token']);
    const second = textsOf(json);
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    expect((await apiOf(sandbox, second['access_token'])('GET /task')).status).toBe(200);
    expect(sandbox.ticktick.stats.refreshes).toBe(1);
  });

  it('all die when a refresh token comes a second time', async () => {
    const sandbox = stillSandbox(guide);
    const { refreshToken } = sandbox.ticktick.issueToken();
    const { json } = await refresh(sandbox, refreshToken);
    const second = textsOf(json);
    expect(await refresh(sandbox, refreshToken)).toMatchObject(refused);
    expect(await refresh(sandbox, second['refresh_token'])).toMatchObject(refused);
    expect((await apiOf(sandbox, second['access_token'])('GET /task')).status).toBe(401);
    expect(sandbox.ticktick.stats).toMatchObject({ refreshes: 1, refreshReuses: 1 });
  });

  it('are lost with the answer that was to bring them', async () => {
    const sandbox = stillSandbox(guide);
    const { refreshToken } = sandbox.ticktick.issueToken();
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'oauth.token' });
    await expect(refresh(sandbox, refreshToken)).rejects.toThrow('fetch failed');
    expect(await refresh(sandbox, refreshToken)).toMatchObject(refused);
  });

  it('need the secret, and the client that they were given to', async () => {
    const sandbox = stillSandbox(guide);
    const { refreshToken = '' } = sandbox.ticktick.issueToken();
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(await token(sandbox, { ...form, client_secret: 'guess' })).toMatchObject({ status: 401 });
    const body = new URLSearchParams({ ...form, client_id: sandbox.ticktick.app.clientId });
    const response = await sandbox.fetch('https://ticktick.com/oauth/token', { method: 'POST', body });
    expect(response.status).toBe(401);
    expect((await refresh(sandbox, refreshToken)).status).toBe(200);
  });

  it('count how many refreshes of one grant were under way at once', async () => {
    const sandbox = stillSandbox(guide);
    const { refreshToken } = sandbox.ticktick.issueToken();
    await Promise.all([
      refresh(sandbox, refreshToken),
      refresh(sandbox, refreshToken),
      refresh(sandbox, 'other'),
    ]);
    expect(sandbox.ticktick.stats).toMatchObject({ concurrentRefreshes: 2, refreshReuses: 1 });
  });
});
