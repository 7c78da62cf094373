import { type GmailPushOptions, parseGmailPush } from '@context-sdk/google-workspace';
import type { ClockSkewEvent } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const HOUR_S = 3600;
const MONTH_S = 30 * 24 * HOUR_S;
const PUSH_URL = 'https://host.example/webhooks/google/gmail';
const ACCOUNT = 'gmail-push@demo.iam.gserviceaccount.com';
const KID = 'key-1';
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' }] };

/** What Google's clock shows, in seconds. */
const GOOGLE_S = Date.UTC(2026, 10, 24, 10) / 1000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Sets this machine's clock: by how many seconds it is ahead of Google's. */
function setAhead(seconds: number): void {
  vi.setSystemTime((GOOGLE_S + seconds) * 1000);
}

/** Google's keys with what a response says of its time: seconds from Google's, and for how long a cache has kept it. */
function keyServer(date: number | undefined, age?: number) {
  const asked: (RequestInit | undefined)[] = [];
  const headers = {
    ...(date !== undefined && { date: new Date((GOOGLE_S + date) * 1000).toUTCString() }),
    ...(age !== undefined && { age: String(age) }),
  };
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    asked.push(init);
    return Response.json(keys, { headers });
  };
  return { fetch, asked };
}

/** A push with a token of Google's, issued so many seconds after Google's time. */
async function push(issued = 0): Promise<Request> {
  const claims = { aud: PUSH_URL, iss: 'https://accounts.google.com', email: ACCOUNT, email_verified: true };
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID });
  const token = await jwt
    .setIssuedAt(GOOGLE_S + issued)
    .setExpirationTime(GOOGLE_S + issued + HOUR_S)
    .sign(privateKey);
  const data = btoa('{"emailAddress":"ada@example.com","historyId":1}');
  const body = JSON.stringify({
    message: { data, messageId: '1' },
    subscription: 'projects/p/subscriptions/s',
  });
  return new Request(PUSH_URL, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
}

function options(fetch: typeof globalThis.fetch, changes: Partial<GmailPushOptions> = {}): GmailPushOptions {
  return { audience: PUSH_URL, serviceAccount: ACCOUNT, fetch, ...changes };
}

const REFUSED = { name: 'WebhookVerificationError' };

describe('16.22: a token is judged by the clock of who signed it', () => {
  test('a new key is fetched, however far the clock was set back meanwhile', async () => {
    setAhead(0);
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime(GOOGLE_S * 1000);
    const current = { keys: [] as unknown[] };
    const fetch = async (): Promise<Response> => Response.json(current);
    await failure(parseGmailPush(await push(), options(fetch)));
    current.keys = keys.keys;
    vi.advanceTimersByTime(31_000);
    setAhead(-MONTH_S);
    expect(await failure(parseGmailPush(await push(-MONTH_S), options(fetch)))).toBe(undefined);
  });

  test.each([-MONTH_S, -3 * HOUR_S, 0, 3 * HOUR_S, MONTH_S])(
    'a machine that is %d s ahead takes pushes of now, and refuses those that are replayed',
    async (ahead) => {
      setAhead(ahead);
      const { fetch } = keyServer(0);
      expect(await parseGmailPush(await push(), options(fetch))).toMatchObject({ verified: true });
      for (const issued of [-2 * HOUR_S, -MONTH_S, ahead - 2 * HOUR_S, 300, ahead + 300, MONTH_S])
        expect(await failure(parseGmailPush(await push(issued), options(fetch)))).toMatchObject(REFUSED);
    },
  );

  test('what a cache has kept counts with its age, and none is asked', async () => {
    setAhead(0);
    const { fetch, asked } = keyServer(-5 * HOUR_S, 5 * HOUR_S);
    expect(await parseGmailPush(await push(), options(fetch))).toMatchObject({ verified: true });
    expect(await failure(parseGmailPush(await push(-5 * HOUR_S), options(fetch)))).toMatchObject(REFUSED);
    expect(asked.map((init) => new Headers(init?.headers).get('cache-control'))).toEqual(['no-cache']);
  });

  test('a clock that is set while the process runs changes nothing', async () => {
    setAhead(0);
    const { fetch } = keyServer(0);
    await parseGmailPush(await push(), options(fetch));
    setAhead(-MONTH_S);
    expect(await parseGmailPush(await push(), options(fetch))).toMatchObject({ verified: true });
    expect(await failure(parseGmailPush(await push(-MONTH_S), options(fetch)))).toMatchObject(REFUSED);
  });

  test('without a time of Google, this machine decides, and says what it can tell', async () => {
    setAhead(-3 * HOUR_S);
    const told: ClockSkewEvent[] = [];
    const hooks = {
      onClockSkew: (event: ClockSkewEvent) =>
        void told.push({ ...event, behindMs: Math.round(event.behindMs / 1000) * 1000 }),
    };
    const { fetch } = keyServer(undefined);
    for (let count = 0; count < 3; count += 1)
      expect(await failure(parseGmailPush(await push(), options(fetch, { hooks })))).toMatchObject(REFUSED);
    expect(told).toEqual([{ witness: 'service', name: 'www.googleapis.com', behindMs: 3 * HOUR_S * 1000 }]);
  });

  test('clocks that differ are told with the first push, by the response that brought the keys', async () => {
    setAhead(MONTH_S);
    const told: ClockSkewEvent[] = [];
    const hooks = {
      onClockSkew: (event: ClockSkewEvent) =>
        void told.push({ ...event, behindMs: Math.round(event.behindMs / 1000) * 1000 }),
    };
    await parseGmailPush(await push(), options(keyServer(0).fetch, { hooks }));
    expect(told).toEqual([{ witness: 'service', name: 'www.googleapis.com', behindMs: -MONTH_S * 1000 }]);
  });
});
