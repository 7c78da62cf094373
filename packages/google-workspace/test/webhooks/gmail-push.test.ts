import { Buffer } from 'node:buffer';
import { type GmailPushOptions, parseGmailPush } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import { fixture, hasFixtures, skipped } from '../support/fixtures.ts';

const PUSH_URL = 'https://host.example/webhooks/google/gmail';
const ACCOUNT = 'gmail-push@demo.iam.gserviceaccount.com';
const KID = 'key-1';
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' }] };

/** A `fetch` for Google's keys that counts. */
function keyServer(answer: () => Response = () => Response.json(keys)) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    await new Promise(setImmediate);
    return answer();
  };
  return { fetch, asked };
}

function claims(changes: object = {}): Record<string, unknown> {
  return {
    aud: PUSH_URL,
    iss: 'https://accounts.google.com',
    email: ACCOUNT,
    email_verified: true,
    ...changes,
  };
}

function token(changes: object = {}, { kid = KID, key = privateKey, ends = '1h' } = {}): Promise<string> {
  const jwt = new SignJWT(claims(changes)).setProtectedHeader({ alg: 'RS256', kid }).setIssuedAt();
  return jwt.setExpirationTime(ends).sign(key);
}

function data(mailbox: string): string {
  return Buffer.from(mailbox).toString('base64');
}

const MAILBOX = '{"emailAddress":"ada@example.com","historyId":1234567890}';
const BODY = {
  message: { data: data(MAILBOX), messageId: '2070443601311540', publishTime: '2026-11-24T10:00:00.749Z' },
  subscription: 'projects/demo/subscriptions/mail',
};

function push(authorization: string, body: unknown = BODY): Request {
  return new Request(PUSH_URL, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) });
}

function options(changes: Partial<GmailPushOptions> = {}): GmailPushOptions {
  return { audience: PUSH_URL, serviceAccount: ACCOUNT, fetch: keyServer().fetch, ...changes };
}

async function parsed(body: unknown) {
  const headers = { Authorization: `Bearer ${await token()}` };
  return await parseGmailPush({ headers, body }, options());
}

test('a push of Google is an event', async () => {
  expect(await parseGmailPush(push(`Bearer ${await token()}`), options())).toEqual({
    source: 'gmail',
    type: 'mailbox.changed',
    id: '2070443601311540',
    at: Date.UTC(2026, 10, 24, 10, 0, 0, 749),
    verified: true,
    data: {
      emailAddress: 'ada@example.com',
      historyId: '1234567890',
      subscription: 'projects/demo/subscriptions/mail',
    },
    raw: BODY,
  });
});

test('several audiences and service accounts may be accepted', async () => {
  const several = options({
    audience: ['https://other.example', PUSH_URL],
    serviceAccount: ['other@demo.iam.gserviceaccount.com', ACCOUNT],
  });
  expect(await parseGmailPush(push(`Bearer ${await token()}`), several)).toMatchObject({ verified: true });
  const third = await token({ email: 'third@demo.iam.gserviceaccount.com' });
  expect(await failure(parseGmailPush(push(`Bearer ${third}`), several))).toMatchObject({
    name: 'WebhookVerificationError',
  });
  for (const none of [{ audience: [] }, { serviceAccount: [] }, { audience: [''] }]) {
    expect(await failure(parseGmailPush(push('Bearer x'), options(none)))).toMatchObject({
      name: 'ConfigurationError',
    });
  }
});

/** A token by its times, in seconds from now. */
function tokenOfTimes(issued: number | undefined, ends: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const jwt = new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: KID });
  if (issued !== undefined) jwt.setIssuedAt(now + issued);
  return jwt.setExpirationTime(now + ends).sign(privateKey);
}

test.each([
  [-3600, -50],
  [50, 3650],
  [-10, 80_000],
])('a token issued at %d s that ends at %d s is accepted', async (issued, ends) => {
  const authorization = `Bearer ${await tokenOfTimes(issued, ends)}`;
  expect(await parseGmailPush(push(authorization), options())).toMatchObject({ verified: true });
});

test.each([
  ['that ended over a minute ago', -3600, -70],
  ['from the future', 120, 3600],
  ['that lasts for days', -10, 3 * 86_400],
  ['without a time of issue', undefined, 3600],
])('a token %s is refused', async (_name, issued, ends) => {
  const authorization = `Bearer ${await tokenOfTimes(issued, ends)}`;
  expect(await failure(parseGmailPush(push(authorization), options()))).toMatchObject({
    name: 'WebhookVerificationError',
  });
});

test('what a framework has read or parsed will do: text, bytes, JSON, headers of any kind', async () => {
  const bearer = `bearer ${await token({ iss: 'accounts.google.com' })}`;
  const text = JSON.stringify(BODY);
  for (const body of [text, new TextEncoder().encode(text), Buffer.from(text), BODY]) {
    for (const headers of [
      { authorization: bearer },
      { AUTHORIZATION: [bearer] },
      new Headers({ authorization: bearer }),
    ]) {
      expect((await parseGmailPush({ headers, body }, options())).id).toBe(BODY.message.messageId);
    }
  }
});

const HISTORIES: [name: string, mailbox: string, expected: string][] = [
  ['a text', '{"emailAddress":"a@b.c","historyId":"1234567890"}', '1234567890'],
  [
    'a number beyond 2^53',
    '{"historyId" : 18446744073709551615,"emailAddress":"a@b.c"}',
    '18446744073709551615',
  ],
];

test.each(HISTORIES)('a history id comes as %s', async (_name, mailbox, expected) => {
  for (const alphabet of ['base64', 'base64url'] as const) {
    const encoded = Buffer.from(mailbox.replace('a@b.c', 'ä?>~ÿ@b.c')).toString(alphabet);
    const { data: change } = await parsed({ ...BODY, message: { ...BODY.message, data: encoded } });
    expect(change).toMatchObject({ historyId: expected, emailAddress: 'ä?>~ÿ@b.c' });
  }
});

test('Pub/Sub spells its fields in two ways', async () => {
  const event = await parsed({
    message: { data: data(MAILBOX), message_id: '7', publish_time: '2026-11-24T10:00:00Z' },
    subscription: 's',
    delivery_attempt: 3,
  });
  expect(event).toMatchObject({ id: '7', at: Date.UTC(2026, 10, 24, 10), data: { deliveryAttempt: 3 } });
  const { at, data: change } = await parsed({
    ...BODY,
    message: { data: data(MAILBOX), messageId: '8' },
    deliveryAttempt: 5,
  });
  expect([at, change.deliveryAttempt]).toEqual([undefined, 5]);
});

const forged: [name: string, make: () => string | Promise<string>][] = [
  ['another audience', () => token({ aud: 'https://evil.example' })],
  ['no audience', () => token({ aud: undefined })],
  ['another issuer', () => token({ iss: 'https://accounts.example' })],
  ['another service account', () => token({ email: 'evil@demo.iam.gserviceaccount.com' })],
  ['no service account', () => token({ email: undefined })],
  ['an address that is not verified', () => token({ email_verified: false })],
  ['an address that says it is verified', () => token({ email_verified: 'true' })],
  ['an end that has passed', () => token({}, { ends: '-2m' })],
  ['no end', () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(privateKey)],
  ['a beginning that has not come', () => token({ nbf: Math.floor(Date.now() / 1000) + 600 })],
  ["a stranger's signature", () => token({}, { key: stranger.privateKey })],
  ['an unknown key', () => token({}, { kid: 'key-2' })],
  ['no signature', () => new UnsecuredJWT(claims()).setExpirationTime('1h').encode()],
  [
    'a signature with the public key as a secret',
    async () => {
      const secret = new TextEncoder().encode(JSON.stringify(keys.keys[0]));
      const jwt = new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: KID })
        .setExpirationTime('1h');
      return await jwt.sign(secret);
    },
  ],
  [
    'changed claims',
    async () => {
      const [header, , signature] = (await token()).split('.');
      const changed = Buffer.from(JSON.stringify({ ...claims(), exp: 9_999_999_999 })).toString('base64url');
      return `${header}.${changed}.${signature}`;
    },
  ],
  ['no form of a token', () => 'abc'],
];

test.each(forged)('a token with %s is refused, and no error shows it', async (_name, make) => {
  const jwt = await make();
  const error = await failure(parseGmailPush(push(`Bearer ${jwt}`), options()));
  expect(error).toMatchObject({ name: 'WebhookVerificationError', service: 'gmail' });
  expect((error as Error).cause).toBeUndefined();
  const [, payload = jwt] = jwt.split('.');
  expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain(payload);
});

test('one Authorization header has to be there, and only one', async () => {
  const bearer = `Bearer ${await token()}`;
  const twice = new Headers([
    ['authorization', bearer],
    ['authorization', bearer],
  ]);
  for (const headers of [
    {},
    { authorization: undefined },
    { authorization: '' },
    { authorization: 'Basic eDp5' },
    { authorization: bearer.slice(7) },
    { authorization: [bearer, bearer] },
    { authorization: bearer, Authorization: bearer },
    new Headers(),
    twice,
    undefined as never,
  ]) {
    expect(await failure(parseGmailPush({ headers, body: BODY }, options()))).toMatchObject({
      name: 'WebhookVerificationError',
    });
  }
});

test('the body of a forged push is not read', async () => {
  const request = push(`Bearer ${await token({ aud: 'x' })}`);
  await failure(parseGmailPush(request, options()));
  expect(request.bodyUsed).toBe(false);
});

test('20 pushes at once fetch the keys once, and later ones not at all', async () => {
  const { fetch, asked } = keyServer();
  const bearer = `Bearer ${await token()}`;
  await Promise.all(Array.from({ length: 20 }, () => parseGmailPush(push(bearer), options({ fetch }))));
  await parseGmailPush(push(bearer), options({ fetch }));
  expect(asked).toEqual(['https://www.googleapis.com/oauth2/v3/certs']);
});

test('a new key of Google is fetched, and unknown ones not more often than every 30 seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    let current = { keys: [] as unknown[] };
    const { fetch, asked } = keyServer(() => Response.json(current));
    const first = `Bearer ${await token()}`;
    for (let count = 0; count < 5; count += 1) await failure(parseGmailPush(push(first), options({ fetch })));
    expect(asked).toHaveLength(1);
    current = keys;
    vi.setSystemTime(Date.now() + 31_000);
    expect((await parseGmailPush(push(first), options({ fetch }))).verified).toBe(true);
    expect(asked).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

const outages: [name: string, answer: () => Response][] = [
  ['503', () => new Response(null, { status: 503 })],
  ['HTML', () => new Response('<p>')],
  ['no keys', () => Response.json({})],
  [
    'no connection',
    () => {
      throw new TypeError('fetch failed');
    },
  ],
];

test.each(outages)(
  "where Google's keys are not to be had (%s), the push is to come again",
  async (_name, answer) => {
    const { fetch } = keyServer(answer);
    expect(await failure(parseGmailPush(push(`Bearer ${await token()}`), options({ fetch })))).toMatchObject({
      name: 'ServiceUnavailableError',
      retryable: true,
    });
  },
);

test.each(['audience', 'serviceAccount'])('%s has to be configured', async (name) => {
  for (const value of ['', undefined]) {
    const { fetch, asked } = keyServer();
    const wrong = options({ fetch, [name]: value });
    expect(await failure(parseGmailPush(push('Bearer x'), wrong))).toMatchObject({
      name: 'ConfigurationError',
    });
    expect(asked).toEqual([]);
  }
});

const message = BODY.message;
const malformed: [field: string, body: unknown][] = [
  ['body', '{'],
  ['body', '[]'],
  ['body', undefined],
  ['body', 'x'.repeat(65_537)],
  ['message', {}],
  ['message', { message: 'x' }],
  ['message.data', { ...BODY, message: { ...message, data: undefined } }],
  ['message.data', { ...BODY, message: { ...message, data: data('[1]') } }],
  ['message.data', { ...BODY, message: { ...message, data: data('no JSON') } }],
  ['message.data.emailAddress', { ...BODY, message: { ...message, data: data('{"historyId":1}') } }],
  ['message.data.historyId', { ...BODY, message: { ...message, data: data('{"emailAddress":"a@b.c"}') } }],
  [
    'message.data.historyId',
    { ...BODY, message: { ...message, data: data('{"emailAddress":"a","historyId":-1}') } },
  ],
  [
    'message.data.historyId',
    { ...BODY, message: { ...message, data: data('{"emailAddress":"a","historyId":"x"}') } },
  ],
  ['message.messageId', { ...BODY, message: { data: message.data } }],
  ['subscription', { message }],
];

test.each(malformed)('names %s where it does not fit', async (field, body) => {
  expect(await failure(parsed(body))).toMatchObject({ name: 'WebhookParseError', field });
});

test('a body is read no further than it may be long, and not twice', async () => {
  const bearer = `Bearer ${await token()}`;
  let pulled = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  const init = { method: 'POST', headers: { authorization: bearer }, body: endless, duplex: 'half' as const };
  const limits = options({ maxBytes: 5_000 });
  expect(await failure(parseGmailPush(new Request(PUSH_URL, init), limits))).toMatchObject({
    name: 'WebhookParseError',
    field: 'body',
  });
  expect(pulled).toBeLessThan(10);
  const request = push(bearer);
  await request.text();
  expect(await failure(parseGmailPush(request, options()))).toMatchObject({
    name: 'WebhookParseError',
    field: 'body',
  });
});

test.skipIf(!hasFixtures)(`the documented pushes and claims are read${skipped}`, async () => {
  for (const name of ['gmail-pubsub-push.json', 'gmail-pubsub-push-doc-minimal.json']) {
    const body = fixture(name);
    expect(await parsed(body)).toMatchObject({
      id: '2070443601311540',
      data: {
        emailAddress: 'user@example.com',
        historyId: '1234567890',
        subscription: 'projects/myproject/subscriptions/mysubscription',
      },
      raw: body,
    });
  }
  const { payload } = fixture('pubsub-oidc-jwt-claims.json') as {
    payload: { aud: string; email: string; iat: number };
  };
  vi.useFakeTimers({ toFake: ['Date'], now: payload.iat * 1_000 + 1_000 });
  try {
    const jwt = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: KID, typ: 'JWT' })
      .sign(privateKey);
    const expected = options({ audience: payload.aud, serviceAccount: payload.email });
    expect((await parseGmailPush(push(`Bearer ${jwt}`), expected)).verified).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
