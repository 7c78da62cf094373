import { GMAIL_LIMITS, type ServiceOptions } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

/** Gmail's limits on sending and on requests at once: rows 1 and 2. */

const server = useSandbox();
const DAY_MS = 86_400_000;
const MAIL = { to: 'grace@example.com', subject: 'x' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Lets time pass step by step, with turns between in which real work ends. */
async function elapse<T>(outcome: Promise<T>, ms: number): Promise<T> {
  for (let step = 0; step < 400; step += 1) {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(ms / 400);
  }
  return await outcome;
}

test('20.1: a sending limit a day away ends the send at once, in Google’s words; reads and drafts go on', async () => {
  const { sandbox, gmail } = await server.start({ sandbox: { google: { sendsPerDay: 2 } } });
  await gmail.messages.send(MAIL);
  const draft = await gmail.drafts.create(MAIL);
  await gmail.drafts.send(draft.id);
  sandbox.clearRequests();
  const before = Date.now();
  const error = await failure(gmail.messages.send(MAIL));
  expect(error).toMatchObject({ name: 'RateLimitError', status: 429, lane: 'sending' });
  const { retryAt, message } = error as { retryAt: number; message: string };
  expect(message).toContain('(Mail sending)');
  expect(retryAt).toBeGreaterThan(before + DAY_MS - 60_000);
  expect(retryAt).toBeLessThanOrEqual(Date.now() + DAY_MS);
  const kept = await gmail.drafts.create(MAIL);
  expect(await failure(gmail.drafts.send(kept.id))).toMatchObject({ lane: 'sending' });
  expect(await gmail.messages.list().toArray()).not.toEqual([]);
  expect(sandbox.requests.filter(({ path }) => path.endsWith('/send'))).toHaveLength(2);
  sandbox.clock.advance(DAY_MS + 1000);
});

test('20.1: with maxWaitMs or deadlineMs, too', async () => {
  const { gmail } = await server.start({ sandbox: { google: { sendsPerDay: 1 } } });
  await gmail.messages.send(MAIL);
  for (const options of [{ maxWaitMs: 1000 }, { deadlineMs: 1000 }]) {
    expect(await failure(gmail.messages.send(MAIL, options))).toMatchObject({ lane: 'sending', status: 429 });
  }
});

test('20.1: a short pause of sending holds sends alone', async () => {
  const soon = new Date(Date.now() + 30_000).toISOString();
  const message = `User-rate limit exceeded.  Retry after ${soon} (Mail sending)`;
  const { client, requests } = clientOf([
    googleFailure(429, 'rateLimitExceeded', message),
    { emailAddress: 'ada@example.com', historyId: '1' },
    { id: 'a', threadId: 'a' },
  ]);
  const sending = client.messages.send(MAIL);
  while (requests.length === 0) await new Promise(setImmediate);
  expect((await client.profile.get()).historyId).toBe('1');
  expect((await elapse(sending, 31_000)).id).toBe('a');
});

const COMMON: Partial<ServiceOptions> = { limits: GMAIL_LIMITS };

test('20.2: 60 reads at once pass a service that takes ten', async () => {
  const { sandbox, gmail } = await server.start({ client: COMMON });
  const { id } = sandbox.google
    .testUser()
    .gmail.receive('From: a@example.net\nTo: ada@example.com\nSubject: x\n\nbody');
  sandbox.faults.inject({ kind: 'latency', ms: 20 }, { times: 60 });
  const reads = Promise.all(Array.from({ length: 60 }, () => gmail.messages.get(id)));
  expect(new Set((await elapse(reads, 30_000)).map((message) => message.id))).toEqual(new Set([id]));
  expect(sandbox.requests.map(({ status }) => status)).not.toContain(429);
});

test('20.2: without the limit the wall refuses some, and no call fails for it', async () => {
  const { sandbox, gmail } = await server.start({ client: { limits: [] } });
  const { id } = sandbox.google
    .testUser()
    .gmail.receive('From: a@example.net\nTo: ada@example.com\nSubject: x\n\nbody');
  sandbox.faults.inject({ kind: 'latency', ms: 20 }, { rate: 1 });
  const reads = Promise.all(Array.from({ length: 60 }, () => gmail.messages.get(id)));
  expect(await elapse(reads, 100_000)).toHaveLength(60);
  expect(sandbox.requests.map(({ status }) => status)).toContain(429);
});
