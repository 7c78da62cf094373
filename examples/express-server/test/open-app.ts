import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  browserSessions,
  type ContextOptions,
  createContext,
  memoryRateLimiter,
  memoryStore,
  type User,
} from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { onTestFinished } from 'vitest';
import { Activity } from '../src/activity.ts';
import { createApp } from '../src/create-app.ts';
import { Proposals } from '../src/proposal/proposals.ts';

/** A request as a browser makes it; with a form it is a POST. */
export interface Asked {
  signedIn?: boolean;
  method?: string;
  form?: Readonly<Record<string, string>>;
  redirect?: 'follow' | 'manual';
}

/** A page as it came, and its words. */
export interface Page {
  status: number;
  location: string | null;
  html: string;
  text: string;
}

export interface OpenApp {
  user: User;
  activity: Activity;
  ask(path: string, asked?: Asked): Promise<Page>;
}

/** The application in this process, for Ada, who has signed in and connected TickTick, until the test ends. */
export async function openApp(sandbox: Sandbox, providers: ContextOptions['providers']): Promise<OpenApp> {
  const store = memoryStore();
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = createContext({
    store,
    baseUrl: origin,
    providers,
    rateLimiter: memoryRateLimiter(),
    fetch: sandbox.fetch,
  });
  const user = context.user('ada');
  await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  const sessions = browserSessions({ store, baseUrl: origin });
  const [cookie = ''] = (await sessions.begin('ada')).split(';');
  const activity = new Activity(store);
  server.on('request', createApp({ context, sessions, activity, proposals: new Proposals(store) }));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    user,
    activity,
    async ask(path, { signedIn = true, form, method = form ? 'POST' : 'GET', redirect = 'follow' } = {}) {
      const headers = {
        accept: 'text/html',
        ...(signedIn && { cookie }),
        ...(method === 'POST' && { origin }),
      };
      const body = form && new URLSearchParams(form);
      const response = await fetch(`${origin}${path}`, { method, headers, redirect, ...(body && { body }) });
      const html = await response.text();
      const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
      return { status: response.status, location: response.headers.get('location'), html, text };
    },
  };
}
