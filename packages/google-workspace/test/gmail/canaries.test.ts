import { inspect } from 'node:util';
import { GmailClient } from '@context-sdk/google-workspace';
import { type Hooks, memoryRateLimiter } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { echoingAnswers } from '../support/echoing-answers.ts';
import { clientOf } from './client-of.ts';

const TOKEN = 'canary-token-5e8d';
/** What a mail says is nobody's business but its readers'. */
const SECRET = 'canary-secret-71c0';

const answers = echoingAnswers(TOKEN, [400, 401, 403, 404, 409, 413, 429, 500, 503]);

test.each(answers)('after %s nothing that can be seen shows the token or the mail', async (_name, fetch) => {
  const events: unknown[] = [];
  const record = (event: unknown): void => void events.push(event);
  const hooks: Hooks = { onRequest: record, onResponse: record, onRetry: record, onRateLimit: record };
  const client = new GmailClient({
    auth: TOKEN,
    fetch,
    hooks,
    rateLimiter: memoryRateLimiter(),
    limits: [],
    retry: { attempts: 2, minDelayMs: 0, maxDelayMs: 0 },
    timeoutMs: 10,
  });
  const mail = { to: 'ada@example.org', subject: SECRET, text: SECRET };
  const large = { ...mail, attachments: [{ filename: 'a', content: new Uint8Array(4_000_000) }] };
  const errors = [
    await failure(client.messages.send(mail)),
    await failure(client.drafts.create(large)),
    await failure(client.drafts.update('a', mail)),
    await failure(client.messages.list({ q: 'x' }).toArray()),
    await failure(client.mailbox.changes('1')),
    await failure(client.profile.get()),
    await failure(client.fetch(`/gmail/v1/users/me/labels?token=${TOKEN}`)),
  ];
  for (const error of errors.slice(0, -1)) expect(error).toBeInstanceOf(Error);
  for (const seen of [...errors, events, client]) {
    const shown = [inspect(seen, { depth: 12, showHidden: true }), JSON.stringify(seen), String(seen)];
    if (seen instanceof Error) shown.push(seen.message, seen.stack ?? '');
    expect(shown.join('\n')).not.toContain(TOKEN);
    expect(shown.join('\n')).not.toContain(SECRET);
  }
});

test('16.23: the address of an upload, which lets in anyone who has it, shows in no error that repeats it', async () => {
  const id = 'canary-upload-8f2c41d7';
  const location = `https://gmail.googleapis.com/upload/gmail/v1/users/me/drafts?uploadType=resumable&upload_id=${id}`;
  const refused = { error: { code: 400, message: `No session: ${location}`, errors: [{ message: id }] } };
  const { client } = clientOf([
    ({ method }) =>
      method === 'POST'
        ? new Response('', { status: 200, headers: { location } })
        : Response.json(refused, { status: 400 }),
  ]);
  const mail = { to: 'ada@example.org', subject: 'x', text: 'x'.repeat(6_000_000) };
  const error = await failure(client.drafts.create(mail, { onProgress: () => undefined }));
  expect(error).toMatchObject({ status: 400 });
  expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(id);
});
