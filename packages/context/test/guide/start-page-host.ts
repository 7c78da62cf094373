import type { Context, ContextEvent, ContextHandler, EnvironmentOverrides, User } from '@context-sdk/context';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { onTestFinished } from 'vitest';
import { Browser } from '../support/browser.ts';
import { createApp } from './page/1-sign-in.ts';
import { guideDialect } from './page/2-dialect.ts';
import { googleApp } from './page/6-google-app.ts';
import { CLIENT_SECRET_JSON, GUIDE_ENV, type GuideServices, startGuideServices } from './servers/all.ts';

/** The page's application with a browser in front of it. */
export interface PageHost {
  context: Context;
  handler: ContextHandler;
  /** Follows redirects to a page of the front end. */
  visit(path: string): Promise<URL>;
  browser: Browser;
  userId: string;
  /** Whether TickTick delivers webhooks. */
  isPushed: boolean;
  environment: Readonly<Record<string, string>>;
  fetch: typeof globalThis.fetch;
  events: ContextEvent[];
  /** Signs in with TickTick and connects Google, as a user of the guide does. */
  signIn(): Promise<User>;
  /** A task is changed in TickTick's own app. */
  changeTask(title: string, id?: string): Promise<string>;
}

type Surroundings = Pick<PageHost, 'environment' | 'fetch' | 'changeTask' | 'userId' | 'isPushed'> & {
  overrides: EnvironmentOverrides;
};

/** On servers of the guide's wire format, in its dialect. */
export async function onGuideServers(): Promise<PageHost & { services: GuideServices }> {
  const services = await startGuideServices({
    deliver: (url, init) => host.handler(new Request(url, init)),
  });
  onTestFinished(() => services.close());
  const host = start({
    environment: GUIDE_ENV,
    fetch: services.fetch,
    userId: 'ticktick-42',
    isPushed: true,
    overrides: {
      push: true,
      providers: { ...guideDialect.providers, ...googleApp(CLIENT_SECRET_JSON).providers },
    },
    async changeTask(title, id = 'of-the-app') {
      const event = services.ticktick.user.tasks.has(id) ? 'task.updated' : 'task.created';
      await services.ticktick.change(event, { id, title });
      return id;
    },
  });
  return { ...host, services };
}

/** On the sandbox, in the default dialect. */
export function onSandbox(): PageHost & { sandbox: Sandbox } {
  const callback = (provider: string): string => `http://localhost:8000/auth/${provider}/callback`;
  const appAt = (provider: string) => ({
    clientId: `${provider}-app`,
    clientSecret: `${provider}-secret`,
    name: 'Context',
    redirectUris: [callback(provider)],
  });
  const sandbox = createSandbox({
    seed: 5,
    ticktick: { apps: [appAt('ticktick')], rateLimits: [] },
    google: { apps: [appAt('google')] },
  });
  const inTickTick = sandbox.ticktick.testUser();
  const host = start({
    environment: {
      ...GUIDE_ENV,
      TICKTICK_CLIENT_ID: 'ticktick-app',
      TICKTICK_CLIENT_SECRET: 'ticktick-secret',
      GOOGLE_CLIENT_ID: 'google-app',
      GOOGLE_CLIENT_SECRET: 'google-secret',
      AZURE_DEVOPS_ORG_URL: sandbox.azureDevOps.organization.url,
      AZURE_DEVOPS_PROJECT: sandbox.azureDevOps.organization.projects[0]?.name ?? '',
      AZURE_DEVOPS_PAT: sandbox.azureDevOps.issuePat(),
    },
    fetch: sandbox.fetch,
    userId: `ticktick-${sandbox.ticktick.accounts[0]?.id}`,
    isPushed: false,
    overrides: {},
    async changeTask(title, id) {
      if (id === undefined) return inTickTick.createTask({ title }).id;
      inTickTick.updateTask(id, { title });
      return id;
    },
  });
  return { ...host, sandbox };
}

function start({ overrides, ...surroundings }: Surroundings): PageHost {
  const { environment, fetch, userId } = surroundings;
  const events: ContextEvent[] = [];
  const { context, handler } = createApp(environment, {
    fetch,
    retry: IMPATIENT,
    rateLimiter: memoryRateLimiter(),
    onEvent: (event) => void events.push(event),
    ...overrides,
  });
  const browser = new Browser(handler, { fetch });
  const visit = async (path: string): Promise<URL> =>
    (await browser.visit(path, ({ origin }) => origin === environment['FRONTEND_URL'])).url;
  return {
    context,
    handler,
    visit,
    browser,
    events,
    ...surroundings,
    async signIn() {
      await visit('/auth/ticktick/authorize');
      await visit('/auth/google/authorize?returnTo=/settings');
      return context.user(userId);
    },
  };
}
