import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
const common = { retry: { attempts: 1 }, rateLimiter: memoryRateLimiter(), maxWaitMs: 0 };
const google = (code: number, reason: string): Response =>
  Response.json({ error: { code, message: reason, errors: [{ reason }] } }, { status: code });
const CASES: [string, (token: string) => Promise<unknown>, string][] = [
  [
    'exceed_query_limit',
    (auth) =>
      new TickTickClient({
        ...common,
        auth,
        fetch: async () =>
          Response.json({ errorCode: 'exceed_query_limit', errorMessage: 'x' }, { status: 500 }),
      }).tags.list(),
    'rate_limit',
  ],
  [
    'not_found',
    (auth) =>
      new TickTickClient({
        ...common,
        auth,
        fetch: async () => Response.json({ errorCode: 'task_not_found' }, { status: 500 }),
      }).tags.list(),
    'not_found',
  ],
  [
    'quotaExceeded',
    (auth) =>
      new GoogleCalendarClient({ ...common, auth, fetch: async () => google(403, 'quotaExceeded') }).settings
        .list()
        .toArray(),
    'rate_limit',
  ],
  [
    'concurrent',
    (auth) =>
      new GmailClient({
        ...common,
        auth,
        fetch: async () =>
          Response.json(
            {
              error: {
                code: 429,
                message: 'Too many concurrent requests for user',
                errors: [{ reason: 'rateLimitExceeded' }],
              },
            },
            { status: 429 },
          ),
      }).labels
        .list()
        .toArray(),
    'rate_limit',
  ],
  [
    'insufficientPermissions',
    (auth) =>
      new GmailClient({ ...common, auth, fetch: async () => google(403, 'insufficientPermissions') }).labels
        .list()
        .toArray(),
    'missing_scope',
  ],
];
test.each(CASES)('16.24: a token %s hides no meaning', async (token, call, code) => {
  const error = await call(token).then(
    () => undefined,
    (e: unknown) => e as { code: string; message: string },
  );
  expect(error?.code).toContain(code);
});
