import type { ContextHandler } from '@context-sdk/context';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { Browser, isCallback } from '../support/browser.ts';
import { HOST, type StartedHost, startHost } from '../support/start-host.ts';

const PROVIDERS = ['ticktick', 'google', 'azure-devops'] as const;
const [OLD, NEW] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array];

/** Two processes of one host, and a browser whose requests go to one of them at a time. */
function startProcesses(stores: readonly [RecordStore, RecordStore]) {
  const first = startHost({ store: stores[0] });
  const second = startHost({ store: stores[1], emulated: first.sandbox });
  let handler = first.handler;
  const either: ContextHandler = Object.assign((request: Request) => handler(request), {
    baseUrl: first.handler.baseUrl,
    handles: first.handler.handles,
  });
  const browser = new Browser(either, first.sandbox);
  browser.setCookie('user', 'ada');
  return { first, second, browser, goTo: (host: StartedHost) => void (handler = host.handler) };
}

function twice(store: RecordStore): [RecordStore, RecordStore] {
  return [store, { ...store }];
}

test.each(PROVIDERS)(
  'a sign-in at %s that one process began is completed by another, once',
  async (provider) => {
    const { first, second, browser, goTo } = startProcesses(twice(memoryStore()));
    const { url } = await browser.visit(`/auth/${provider}/authorize`, isCallback);
    goTo(second);
    expect((await browser.visit(url)).url.href).toBe(`${HOST}/?${provider}=success`);
    expect((await first.context.user('ada').connections.get(provider)).state).toBe('connected');
    goTo(first);
    expect((await browser.ask(url)).status).toBe(400);
    expect((await first.context.user('ada').connections.get(provider)).state).toBe('connected');
  },
);

test.each(PROVIDERS)('a sign-in at %s is not that of a user who came meanwhile', async (provider) => {
  const { first, second, browser, goTo } = startProcesses(twice(memoryStore()));
  const { url } = await browser.visit(`/auth/${provider}/authorize`, isCallback);
  goTo(second);
  browser.setCookie('user', 'grace');
  expect((await browser.ask(url)).status).toBe(400);
  for (const user of ['ada', 'grace'])
    expect((await first.context.user(user).connections.get(provider)).reason).toBe('never-connected');
});

test.each(PROVIDERS)(
  'a sign-in at %s waits while the store is away: its page is loaded again',
  async (provider) => {
    let isAway = false;
    const store = memoryStore();
    const failing: RecordStore = {
      ...store,
      get: async (key) => {
        if (isAway) throw new StoreError('unavailable', 'The store is away.');
        return await store.get(key);
      },
    };
    const { second, browser, goTo } = startProcesses([store, failing]);
    const { url } = await browser.visit(`/auth/${provider}/authorize`, isCallback);
    goTo(second);
    isAway = true;
    expect((await browser.ask(url)).status).toBe(503);
    isAway = false;
    expect((await browser.visit(url)).url.href).toBe(`${HOST}/?${provider}=success`);
  },
);

test.each(PROVIDERS)('a sign-in at %s outlasts a process without the newest key', async (provider) => {
  const raw = memoryStore();
  const { first, second, browser, goTo } = startProcesses([
    encryptedStore(raw, { current: 'new', keys: { old: OLD, new: NEW } }),
    encryptedStore({ ...raw }, { current: 'old', keys: { old: OLD } }),
  ]);
  const { url } = await browser.visit(`/auth/${provider}/authorize`, isCallback);
  goTo(second);
  expect((await browser.ask(url)).status).toBe(503);
  goTo(first);
  expect((await browser.visit(url)).url.href).toBe(`${HOST}/?${provider}=success`);
});
