import type { webcrypto } from 'node:crypto';
import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf, readAnswer } from '../support.ts';
import { FRIEND, mail, setUpGmail } from './gmail-support.ts';
import { decodeToken, isSignedBy, type PushSetUp, setUpPush, TOPIC, URL } from './pubsub-support.ts';

/** A mail has arrived in a watched mailbox, and all attempts to tell of it are over. */
async function pushed(...args: Parameters<typeof setUpPush>): Promise<PushSetUp> {
  const setUp = setUpPush(...args);
  await setUp.api('POST /watch', { topicName: TOPIC });
  setUp.gmail.receive(mail({ From: FRIEND }));
  await setUp.sandbox.google.push.settled();
  return setUp;
}

async function publicKey(sandbox: Sandbox): Promise<webcrypto.JsonWebKey> {
  const { json } = await readAnswer(await sandbox.fetch('https://www.googleapis.com/oauth2/v3/certs'));
  return fieldsOf(listOf(fieldsOf(json)['keys'])[0]);
}

describe('a push', () => {
  test('has every name twice but the data, the topic’s subscription, and a token', async () => {
    const { received } = await pushed();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ url: URL });
    expect(received[0]?.headers.get('content-type')).toBe('application/json');
    expect(received[0]?.headers.get('authorization')).toMatch(/^Bearer \S+$/);
    const { message, subscription } = fieldsOf(received[0]?.body);
    const { messageId } = fieldsOf(message);
    expect(message).toEqual({
      data: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      messageId: expect.stringMatching(/^\d+$/),
      message_id: messageId,
      publishTime: '2026-11-22T10:00:00.000Z',
      publish_time: '2026-11-22T10:00:00.000Z',
    });
    expect(subscription).toBe('projects/my-project/subscriptions/gmail-push');
  });

  test.each([102, 200, 201, 202, 204])('is acknowledged by %i', async (status) => {
    const { received, waits } = await pushed([status]);
    expect(received).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test('comes again, with growing pauses and the same message id, until it is acknowledged', async () => {
    const { received, waits, sandbox } = await pushed([500, 203, new Error('unreachable'), 301, 401, 202]);
    expect(waits).toEqual([100, 200, 400, 800, 1600]);
    expect(new Set(received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const attempts = sandbox.google.push.deliveries;
    expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 203],
      [3, undefined],
      [4, 301],
      [5, 401],
      [6, 202],
    ]);
    expect(attempts[0]).toMatchObject({ kind: 'gmail', url: URL, headers: { authorization: '[redacted]' } });
  });

  test('is given up after ten tries', async () => {
    const { received, waits } = await pushed(Array.from({ length: 20 }, () => 503));
    expect(received).toHaveLength(10);
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600]);
  });

  test('goes to every subscription of the topic', async () => {
    const { sandbox, api, gmail, received } = setUpPush();
    sandbox.google.pubsub.subscribe({ topic: TOPIC, url: 'http://127.0.0.1:8000/second' });
    await api('POST /watch', { topicName: TOPIC });
    gmail.receive(mail({ From: FRIEND }));
    await sandbox.google.push.settled();
    expect(received.map((one) => one.url).toSorted()).toEqual(['http://127.0.0.1:8000/second', URL]);
    const ids = received.map(({ body }) => fieldsOf(body['message'])['messageId']);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe("a push's token", () => {
  test('says who pushes, for whom and how long, signed with the key that Google shows', async () => {
    const { received, sandbox } = await pushed();
    const token = received[0]?.headers.get('authorization')?.slice('Bearer '.length) ?? '';
    const { header, payload } = decodeToken(token);
    const key = await publicKey(sandbox);
    const iat = sandbox.clock.now() / 1000;
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: fieldsOf(key)['kid'] });
    expect(payload).toEqual({
      aud: URL,
      azp: expect.stringMatching(/^\d{21}$/),
      sub: payload['azp'],
      email: 'gmail-push@my-project.iam.gserviceaccount.com',
      email_verified: true,
      iss: 'https://accounts.google.com',
      iat,
      exp: iat + 3600,
    });
    expect(await isSignedBy(token, key)).toBe(true);
    expect(
      await isSignedBy(
        token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
        key,
      ),
    ).toBe(false);
  });

  test('has the audience and the account that the subscription asks for', async () => {
    const asked = {
      audience: 'https://app.example.com',
      serviceAccount: 'push@other.iam.gserviceaccount.com',
    };
    const { received } = await pushed([], asked);
    const { payload } = decodeToken(received[0]?.headers.get('authorization')?.slice(7) ?? '');
    expect(payload).toMatchObject({ aud: asked.audience, email: asked.serviceAccount });
  });

  test('can be made with any claims, for receivers that have to refuse it', async () => {
    const { sandbox } = setUpGmail();
    const claims = {
      aud: 'https://somebody-else.example',
      iss: 'https://evil.example',
      exp: 1,
      email_verified: false,
    };
    const token = await sandbox.google.pubsub.sign(claims);
    expect(decodeToken(token).payload).toEqual(claims);
    expect(await isSignedBy(token, await publicKey(sandbox))).toBe(true);
  });
});

describe('a subscription', () => {
  test('is refused where Pub/Sub would refuse it', () => {
    const { subscribe } = setUpGmail().sandbox.google.pubsub;
    expect(() => subscribe({ topic: 'gmail', url: URL })).toThrow(RangeError);
    expect(() => subscribe({ topic: TOPIC, url: 'http://app.example.com/push' })).toThrow(RangeError);
    expect(() => subscribe({ topic: TOPIC, url: 'not a url' })).toThrow(RangeError);
  });
});
