// A host with ES modules, on the installed packages.
import assert from 'node:assert/strict';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryStore, NotFoundError } from '@context-sdk/oauth-core';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';

const sandbox = createSandbox({ seed: 5 });
const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
assert.equal((await client.tasks.listOpen().toArray()).length, 5);
await assert.rejects(client.tasks.get('6247ee29630c800f064fd145'), NotFoundError);

for (const store of [memoryStore(), sqliteStore(':memory:')]) {
  assert.ok(await store.compareAndSet('key', undefined, 'value'));
  assert.equal((await store.get('key'))?.value, 'value');
}

const { accessToken } = sandbox.google.issueToken();
const calendar = new GoogleCalendarClient({ auth: accessToken, fetch: sandbox.fetch });
const times = { start: { dateTime: '2030-01-01T09:00:00Z' }, end: { dateTime: '2030-01-01T10:00:00Z' } };
const event = await calendar.events.create({ summary: 'Packed', ...times });
assert.equal((await calendar.events.get(event.id)).summary, 'Packed');
const gmail = new GmailClient({ auth: accessToken, fetch: sandbox.fetch });
const draft = await gmail.drafts.create({ to: 'grace@example.com', subject: 'Packed', text: 'x' });
assert.ok((await gmail.drafts.send(draft.id)).id);
