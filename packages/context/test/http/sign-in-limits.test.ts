import { expect, test } from 'vitest';
import { isCallback } from '../support/browser.ts';
import { HOST, startHost } from '../support/start-host.ts';

const TRANSACTIONS = 'oauth-transaction/';

test('16.9: a browser has at most five sign-ins at once, and the latest ones complete', async () => {
  const { browser, store, context } = startHost();
  const ada = browser('ada');
  const stored: number[] = [];
  for (let count = 0; count < 110; count += 1) await ada.ask('/auth/google/authorize');
  await ada.visit('/auth/google/authorize', ({ origin }) => origin !== HOST);
  expect(await store.list(TRANSACTIONS)).toHaveLength(5);
  const callbacks: URL[] = [];
  for (let count = 0; count < 5; count += 1) {
    callbacks.push((await ada.visit('/auth/google/authorize', isCallback)).url);
    stored.push((await store.list(TRANSACTIONS)).length);
  }
  expect(stored).toEqual([5, 5, 5, 5, 5]);
  const [first = ''] = callbacks;
  expect((await ada.ask(first)).status).toBe(303);
  expect((await context.user('ada').connections.get('google')).state).toBe('connected');
});

test('16.9: returnTo has at most 2 kB, and so does all that is stored of it', async () => {
  const { browser, store } = startHost();
  const ada = browser('ada');
  const statusFor = async (returnTo: string): Promise<number> =>
    (await ada.ask(`/auth/google/authorize?${new URLSearchParams({ returnTo })}`)).status;
  expect(await statusFor(`/${'x'.repeat(2_047 - HOST.length)}`)).toBe(302);
  const [key = ''] = await store.list(TRANSACTIONS);
  expect((await store.get(key))?.value.length).toBeLessThan(3_072);
  expect(await statusFor(`/${'x'.repeat(2_048)}`)).toBe(400);
  expect(await statusFor(`/${'ü'.repeat(500)}`)).toBe(400);
  expect(await store.list(TRANSACTIONS)).toHaveLength(1);
});

test('16.9: a sign-in that fails leaves no transaction and no cookie', async () => {
  const { browser, store, sandbox } = startHost();
  const ada = browser('ada');
  const { url } = await ada.visit('/auth/google/authorize', isCallback);
  sandbox.faults.inject({ kind: 'status', status: 503 }, { path: '/token' });
  const failed = await ada.ask(url);
  expect(failed.status).toBe(503);
  expect(failed.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^sign-in-[\w-]{16}=; Path=\/; Max-Age=0;/),
  ]);
  expect(await store.list(TRANSACTIONS)).toEqual([]);
});

test('16.9: requests without a user cannot fill the store', async () => {
  const { handler, store } = startHost({ onConnected: () => undefined, getUserId: () => undefined });
  const begin = async (): Promise<number> =>
    (await handler(new Request(`${HOST}/auth/google/authorize`))).status;
  const statuses: number[] = [];
  for (let count = 0; count < 1_002; count += 1) statuses.push(await begin());
  expect(statuses.slice(0, 1_000).every((status) => status === 302)).toBe(true);
  expect(statuses.slice(1_000).some((status) => status === 302)).toBe(false);
  expect(await store.list(TRANSACTIONS)).toHaveLength(1_000);
});
