import { AdoClient } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  GrantChangedError,
  memoryStore,
  OAuthClient,
  type RateLimiter,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { google } from '@context-sdk/oauth-core/providers';
import { answering, failure, IMPATIENT } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const oauth = new OAuthClient({
  provider: google,
  clientId: 'app',
  redirectUri: 'https://host.example/callback',
});

function tokensOf(person: string): TokenSet {
  const obtainedAt = Date.now();
  return { accessToken: `access-${person}`, obtainedAt, expiresAt: obtainedAt + 3_600_000, scopes: [] };
}

/** Holds back the request with this number, until the gate opens. */
function holding(number: number): { rateLimiter: RateLimiter; isHeld: Promise<void>; open: () => void } {
  const held = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const rateLimiter: RateLimiter = {
    async run(_, dispatch) {
      asked += 1;
      if (asked === number) {
        held.resolve();
        await gate.promise;
      }
      return await dispatch();
    },
    pause: async () => undefined,
  };
  return { rateLimiter, isHeld: held.promise, open: gate.resolve };
}

type Options = { auth: TokenManager; rateLimiter: RateLimiter; fetch: typeof fetch; retry: typeof IMPATIENT };

const CALLS: Record<string, (options: Options) => Promise<unknown>> = {
  TickTickClient: async (options) => await new TickTickClient(options).tasks.create({ title: 'A' }),
  GoogleCalendarClient: async (options) =>
    await new GoogleCalendarClient(options).events.create({
      summary: 'A',
      start: { date: '2027-03-01' },
      end: { date: '2027-03-02' },
    }),
  GmailClient: async (options) =>
    await new GmailClient(options).drafts.create({ to: 'a@b.example', subject: 'A', text: 'A' }),
  AdoClient: async (options) => {
    const client = new AdoClient({ ...options, organizationUrl: 'https://dev.azure.com/acme', project: 'p' });
    return await client.workItems.create({ type: 'Task', title: 'A' });
  },
};

test.each(Object.entries(CALLS))(
  '16.1: a queued request of %s does not leave with the next account’s token',
  async (_, call) => {
    const manager = new TokenManager({ client: oauth, store: memoryStore(), key: 'k' });
    await manager.save(tokensOf('ada'));
    const { rateLimiter, isHeld, open } = holding(1);
    const { fetch, requests } = answering({});
    const outcome = failure(call({ auth: manager, rateLimiter, fetch, retry: IMPATIENT }));
    await isHeld;
    await manager.save(tokensOf('grace'));
    open();
    expect(await outcome).toBeInstanceOf(GrantChangedError);
    expect(requests).toEqual([]);
  },
);

test.each(Object.entries(CALLS))(
  '16.1: a request of %s that is sent again does not leave with the next account’s token',
  async (_, call) => {
    const manager = new TokenManager({ client: oauth, store: memoryStore(), key: 'k' });
    await manager.save(tokensOf('ada'));
    const { rateLimiter, isHeld, open } = holding(2);
    const busy = new Response('', { status: 429, headers: { 'retry-after': '1' } });
    const { fetch, requests } = answering(busy);
    const outcome = failure(call({ auth: manager, rateLimiter, fetch, retry: IMPATIENT }));
    await isHeld;
    await manager.save(tokensOf('grace'));
    open();
    expect(await outcome).toBeInstanceOf(GrantChangedError);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer access-ada']);
  },
);
