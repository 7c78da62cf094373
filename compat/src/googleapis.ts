import assert from 'node:assert/strict';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { ConflictError, NotFoundError, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { versions } from './versions.ts';

/** Both clients on one version of Google's library, against the sandbox: requests, headers, failures, replays. */
async function tryOut(library: (typeof versions)[string]): Promise<number> {
  const sandbox = createSandbox({ seed: 'empty' });
  const { fetch } = sandbox;
  let token = sandbox.google.issueToken().accessToken;
  let refreshes = 0;
  const auth = {
    account: 'ada',
    getAccessToken: async ({ rejected }: { rejected?: string | undefined } = {}) => {
      if (rejected === token) {
        refreshes += 1;
        token = sandbox.google.issueToken().accessToken;
      }
      return token;
    },
  };
  const calendar = new GoogleCalendarClient({ auth, library, fetch });
  const gmail = new GmailClient({ auth, library, fetch });

  const times = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T10:00:00Z' } };
  const event = await calendar.events.create({ summary: 'Grüße 📱', ...times });
  assert.equal((await calendar.events.get(event.id)).summary, 'Grüße 📱');
  assert.equal((await calendar.events.list({ q: 'Grüße' }).toArray()).length, 1);
  const options = { sendUpdates: 'none', ifMatch: '"stale"' } as const;
  await assert.rejects(calendar.events.patch(event.id, { summary: 'x' }, options), ConflictError);
  await assert.rejects(calendar.events.get('missing00'), NotFoundError);
  const busy = await calendar.freeBusy.query({ from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' });
  assert.equal(busy['primary']?.busy?.length, 1);

  const draft = await gmail.drafts.create({ to: 'grace@example.com', subject: 'ü', text: 'x' });
  await gmail.drafts.send(draft.id);
  const large = { filename: 'large.bin', content: new Uint8Array(6_000_000) };
  await gmail.messages.send({ to: 'grace@example.com', subject: 'large', text: 'x', attachments: [large] });

  sandbox.google.expireAccessTokens();
  await Promise.all(Array.from({ length: 10 }, () => calendar.events.get(event.id)));
  assert.equal(refreshes, 1);
  const ended = { ...auth, getAccessToken: async () => 'ended' };
  const refused = new GoogleCalendarClient({ auth: ended, library, fetch });
  await assert.rejects(refused.events.get(event.id), ReauthorizationRequiredError);
  return sandbox.requests.length;
}

for (const [name, library] of Object.entries(versions)) {
  console.log(`${name}: all as it should be, in ${await tryOut(library)} requests`);
}
