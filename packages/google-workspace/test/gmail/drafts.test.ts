import { NotFoundError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const SCOPES = ['https://www.googleapis.com/auth/gmail.compose'];

test('a draft with gmail.compose alone: written, read, replaced, listed, sent', async () => {
  const { sandbox, gmail } = await server.start({ scopes: SCOPES });
  const created = await gmail.drafts.create({ to: 'grace@example.com', subject: 'Plän', text: 'one' });
  expect(created.message.labelIds).toEqual(['DRAFT']);

  const read = await gmail.drafts.get(created.id);
  expect(read.message.payload?.headers).toContainEqual({ name: 'Subject', value: 'Plän' });
  expect((await gmail.drafts.get(created.id, { format: 'minimal' })).message.payload).toBeUndefined();

  const updated = await gmail.drafts.update(created.id, {
    to: 'grace@example.com',
    subject: 'Plan',
    text: 'two',
  });
  expect(updated.id).toBe(created.id);
  expect(updated.message.id).not.toBe(created.message.id);
  expect((await gmail.drafts.list().toArray()).map(({ id }) => id)).toEqual([created.id]);

  const sent = await gmail.drafts.send(created.id);
  expect(sent.labelIds).toEqual(['SENT']);
  expect(await failure(gmail.drafts.get(created.id))).toBeInstanceOf(NotFoundError);
  const arrived = sandbox.google.testUser('grace@example.com').gmail.messages().at(-1);
  expect((await PostalMime.parse(arrived?.raw ?? '')).text?.trim()).toBe('two');
});

test('a second send of the same draft sends nothing', async () => {
  const { sandbox, gmail } = await server.start({ scopes: SCOPES });
  const { id } = await gmail.drafts.create({ to: 'grace@example.com', subject: 'once' });
  await gmail.drafts.send(id);
  const before = sandbox.google.testUser('grace@example.com').gmail.messages().length;
  expect(await failure(gmail.drafts.send(id))).toBeInstanceOf(NotFoundError);
  expect(sandbox.google.testUser('grace@example.com').gmail.messages()).toHaveLength(before);
});

test('a draft may be incomplete, and deleting one that is gone is a success', async () => {
  const { sandbox, gmail } = await server.start({ scopes: SCOPES });
  const { id } = await gmail.drafts.create({ subject: '' });
  await gmail.drafts.delete(id);
  await gmail.drafts.delete(id);
  expect(sandbox.google.testUser().gmail.drafts()).toEqual([]);
});

test('a list of drafts goes on over pages, and starts anew with every loop', async () => {
  const { sandbox, gmail } = await server.start({ scopes: SCOPES });
  for (let count = 0; count < 5; count += 1) await gmail.drafts.create({ subject: `draft ${count}` });
  sandbox.clearRequests();
  const drafts = gmail.drafts.list({ maxResults: 2 });
  const ids = (await drafts.toArray()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
  expect(sandbox.requests).toHaveLength(3);
  for await (const draft of drafts) expect(ids).toContain(draft.id);
});

test("drafts are found by Gmail's own search", async () => {
  const { gmail } = await server.start({ scopes: SCOPES });
  await gmail.drafts.create({ subject: 'alpha' });
  const { id } = await gmail.drafts.create({ subject: 'beta' });
  expect((await gmail.drafts.list({ q: 'subject:beta' }).toArray()).map((draft) => draft.id)).toEqual([id]);
});

test('a write whose answer is lost is not sent again; a replacement is', async () => {
  const { sandbox, gmail } = await server.start({ scopes: SCOPES });
  const draft = await gmail.drafts.create({ to: 'grace@example.com', subject: 'x' });
  sandbox.clearRequests();
  const lost = { kind: 'reset', when: 'after' } as const;

  sandbox.faults.inject(lost);
  expect(await failure(gmail.drafts.create({ subject: 'y' }))).toMatchObject({
    name: 'NetworkError',
    sent: true,
  });
  sandbox.faults.inject({ kind: 'status', status: 503 });
  expect(await failure(gmail.drafts.create({ subject: 'y' }))).toMatchObject({
    name: 'ServiceUnavailableError',
  });
  expect(sandbox.requests).toHaveLength(2);

  sandbox.faults.inject(lost);
  await gmail.drafts.update(draft.id, { to: 'grace@example.com', subject: 'z' });
  expect(sandbox.requests).toHaveLength(4);

  sandbox.faults.inject(lost);
  expect(await failure(gmail.drafts.send(draft.id))).toMatchObject({ name: 'NetworkError' });
  expect(sandbox.requests).toHaveLength(5);
});

test.each([
  ['id', ''],
  ['id', '..'],
  ['id', 7],
])('%s %j is refused before a request', async (field, id) => {
  const { sandbox, gmail } = await server.start();
  const calls = [
    gmail.drafts.get(id as string),
    gmail.drafts.send(id as string),
    gmail.drafts.delete(id as string),
    gmail.drafts.update(id as string, { subject: 'x' }),
  ].map(failure);
  for (const error of await Promise.all(calls))
    expect(error).toMatchObject({ name: 'InvalidRequestError', field });
  expect(sandbox.requests).toEqual([]);
});
