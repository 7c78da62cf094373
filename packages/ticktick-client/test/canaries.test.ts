import { inspect } from 'node:util';
import { type Hooks, memoryRateLimiter } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const TOKEN = 'canary-token-5e8d';

/** Answers that repeat the token wherever a service could. */
const ECHO = `{"errorCode":"odd ${TOKEN}","errorMessage":"for ${TOKEN}","errorId":"${TOKEN}","data":{"token":"${TOKEN}"}}`;
const answers: [name: string, answer: () => Promise<Response>][] = [
  ...[400, 401, 403, 404, 408, 409, 418, 429, 500, 503].map((status): (typeof answers)[number] => [
    String(status),
    async () => new Response(ECHO, { status }),
  ]),
  [
    'a redirect',
    async () => new Response(null, { status: 302, headers: { location: `https://evil/${TOKEN}` } }),
  ],
  ['HTML', async () => new Response(`<p>${TOKEN}</p>`)],
  ['a wrong shape', async () => Response.json([TOKEN])],
  [
    'a dropped connection',
    () => Promise.reject(new TypeError(`fetch failed ${TOKEN}`, { cause: new Error(TOKEN) })),
  ],
  ['an error that is none', () => Promise.reject(`Bearer ${TOKEN}`)],
  ['silence', () => new Promise(() => undefined)],
];

test.each(answers)('after %s nothing that can be seen shows the token', async (_name, fetch) => {
  const events: unknown[] = [];
  const record = (event: unknown): void => void events.push(event);
  const hooks: Hooks = { onRequest: record, onResponse: record, onRetry: record, onRateLimit: record };
  const client = new TickTickClient({
    auth: TOKEN,
    fetch,
    hooks,
    rateLimiter: memoryRateLimiter(),
    limits: [{ limit: 100, intervalMs: 1 }],
    retry: { attempts: 2, minDelayMs: 0, maxDelayMs: 0 },
    timeoutMs: 10,
  });
  const errors = [
    await failure(client.tasks.get({ id: 'a', projectId: 'b' })),
    await failure(client.tasks.create({ title: 'x' })),
    ...(await client.tasks.createMany([{ title: 'x' }])),
  ];
  expect(errors.every((error) => error !== undefined)).toBe(true);
  const free = await failure(client.fetch(`/project?token=${TOKEN}`));
  for (const seen of [...errors, free, events, client]) {
    const shown = [inspect(seen, { depth: 12, showHidden: true }), JSON.stringify(seen), String(seen)];
    if (seen instanceof Error) shown.push(seen.message, seen.stack ?? '');
    expect(shown.join('\n')).not.toContain(TOKEN);
  }
});
