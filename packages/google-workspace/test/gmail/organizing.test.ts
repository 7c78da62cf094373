import type { GmailClient } from '@context-sdk/google-workspace';
import type { AccessTokenSource } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

const server = useSandbox();
const EMPTY = { sandbox: { seed: 'empty' } } as const;
const ALL_MAIL = { ...EMPTY, scopes: ['https://mail.google.com/'] };
const MAIL = 'From: kim@elsewhere.example\r\nTo: ada@example.com\r\nSubject: Hi\r\n\r\nHello';

async function labelsOf(gmail: GmailClient, id: string): Promise<string[]> {
  return ((await gmail.messages.get(id, { format: 'minimal' })).labelIds ?? []).toSorted();
}

describe('20.organizing: messages', () => {
  test('labels come and go, by name for the usual ones', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { id } = sandbox.google.testUser().gmail.receive(MAIL);
    await gmail.messages.markRead(id);
    await gmail.messages.star(id);
    await gmail.messages.archive(id);
    expect(await labelsOf(gmail, id)).toEqual(['STARRED']);
    await gmail.messages.markUnread(id);
    await gmail.messages.unstar(id);
    await gmail.messages.unarchive(id);
    expect(await labelsOf(gmail, id)).toEqual(['INBOX', 'UNREAD']);
    const changed = await gmail.messages.modify(id, { add: ['STARRED'], remove: ['UNREAD'] });
    expect(changed.labelIds?.toSorted()).toEqual(['INBOX', 'STARRED']);
  });

  test('the trash, and back, and for good', async () => {
    const { gmail, sandbox } = await server.start(ALL_MAIL);
    const { id } = sandbox.google.testUser().gmail.receive(MAIL);
    await gmail.messages.trash(id);
    expect(await labelsOf(gmail, id)).toEqual(['TRASH', 'UNREAD']);
    await gmail.messages.untrash(id);
    expect(await labelsOf(gmail, id)).toEqual(['UNREAD']);
    await gmail.messages.delete(id);
    await gmail.messages.delete(id);
    expect(sandbox.google.testUser().gmail.messages()).toEqual([]);
  });

  test('deleting for good needs the widest scope, which is known before the request', async () => {
    const { client, requests } = clientOf([], { auth: scoped('gmail.modify') });
    expect(await failure(client.messages.delete('1'))).toMatchObject({
      name: 'MissingScopeError',
      missing: ['https://mail.google.com/'],
    });
    expect(await failure(client.threads.delete('1'))).toMatchObject({ name: 'MissingScopeError' });
    expect(requests).toEqual([]);
  });

  test('what Gmail refuses is refused before it is sent', async () => {
    const { client, requests } = clientOf([]);
    const modify = client.messages.modify.bind(client.messages);
    expect(await failure(modify('1', {}))).toMatchObject({ field: 'changes' });
    expect(await failure(modify('1', { add: ['A'], remove: ['A'] }))).toMatchObject({ field: 'remove' });
    expect(await failure(modify('1', { add: Array(101).fill('A') }))).toMatchObject({ field: 'add' });
    expect(await failure(modify('1', { add: [''] }))).toMatchObject({ field: 'add[0]' });
    expect(await failure(modify('1', Object({ addLabelIds: ['A'] })))).toMatchObject({
      field: 'changes.addLabelIds',
    });
    expect(requests).toEqual([]);
  });

  test('a label that does not exist, or that only Gmail sets, is an error', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { id } = sandbox.google.testUser().gmail.receive(MAIL);
    for (const label of ['Label_9', 'SENT', 'DRAFT']) {
      expect(await failure(gmail.messages.modify(id, { add: [label] }))).toMatchObject({ status: 400 });
    }
    expect(await failure(gmail.messages.star('f'))).toMatchObject({ code: 'not_found' });
  });

  test('batches change a thousand at a time, and do not mind what is gone', async () => {
    const { gmail, sandbox } = await server.start(ALL_MAIL);
    const user = sandbox.google.testUser().gmail;
    const ids = [user.receive(MAIL).id, user.receive(MAIL).id];
    await gmail.messages.batchModify([...ids, 'f'], { remove: ['UNREAD', 'INBOX'] });
    expect(user.messages().flatMap(({ labelIds }) => labelIds)).toEqual([]);
    await gmail.messages.batchDelete([...ids, 'f']);
    expect(user.messages()).toEqual([]);
    const { client, requests } = clientOf([new Response(null, { status: 204 })]);
    await client.messages.batchModify(Array(2500).fill('1'), { add: ['STARRED'] });
    const sizes = requests.map(({ json }) => (json as { ids: string[] }).ids.length);
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  test('a draft keeps its label alone', async () => {
    const { gmail } = await server.start(EMPTY);
    const { message } = await gmail.drafts.create({ subject: 'x', text: 'y' });
    await gmail.messages.star(message.id);
    expect(await labelsOf(gmail, message.id)).toEqual(['DRAFT']);
    await gmail.messages.trash(message.id);
    expect(await gmail.drafts.list().toArray()).toEqual([]);
  });
});

describe('20.organizing: mails that are put in', () => {
  test('import and insert take mails of any program as they are', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const raw =
      'Subject: gr\u00fc\u00dfe\nFrom: old@program.example\nDate: Thu, 1 Jan 2015 10:00:00 +0000\n\nHi';
    const imported = await gmail.messages.import({ raw }, { labelIds: ['INBOX'], neverMarkSpam: true });
    const inserted = await gmail.messages.insert({ raw: Buffer.from(raw) });
    const messages = sandbox.google.testUser().gmail.messages();
    expect(messages.map(({ id }) => id)).toEqual([imported.id, inserted.id]);
    expect(Buffer.from(messages[0]?.raw ?? []).toString()).toContain(raw.replaceAll('\n', '\r\n'));
    expect(imported.labelIds).toEqual(['INBOX']);
    expect(new Date(Number(messages[0]?.internalDate)).getUTCFullYear()).toBe(2015);
    expect(new Date(Number(messages[1]?.internalDate)).getUTCFullYear()).not.toBe(2015);
    expect(sandbox.google.testUser('grace@example.com').gmail.messages()).toEqual([]);
  });

  test('a composed mail may be inserted, large ones are uploaded with their labels', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const mail = { from: 'kim@elsewhere.example', to: 'ada@example.com', subject: 'x' };
    await gmail.messages.insert(mail, { labelIds: ['UNREAD'] });
    const content = Buffer.alloc(5_000_000, 1);
    const options = { labelIds: ['INBOX'], internalDateSource: 'dateHeader' } as const;
    await gmail.messages.import(
      { ...mail, date: new Date('2015-01-01'), attachments: [{ filename: 'a', content }] },
      options,
    );
    const [one, two] = sandbox.google.testUser().gmail.messages();
    expect([one?.labelIds, two?.labelIds]).toEqual([['UNREAD'], ['INBOX']]);
    expect(two?.internalDate).toBe(String(Date.parse('2015-01-01')));
  });

  test('nothing that is no mail is sent', async () => {
    const { client, requests } = clientOf([]);
    for (const raw of ['', 5, null]) {
      expect(await failure(client.messages.insert(Object({ raw })))).toMatchObject({ field: 'raw' });
    }
    const typo = Object({ raw: MAIL, labels: [] });
    expect(await failure(client.messages.insert(typo))).toMatchObject({ field: 'labels' });
    expect(requests).toEqual([]);
  });
});

describe('20.organizing: threads', () => {
  test('are listed, and changed as a whole', async () => {
    const { gmail, sandbox } = await server.start(ALL_MAIL);
    const user = sandbox.google.testUser().gmail;
    const { threadId } = user.receive(MAIL.replace('Subject', 'Message-ID: <a@b>\r\nSubject'));
    user.receive(MAIL.replace('Subject: Hi', 'In-Reply-To: <a@b>\r\nSubject: Re: Hi'));
    user.receive(MAIL.replace('Hi', 'Other'));
    const labels = (): (readonly string[])[] => user.messages().map(({ labelIds }) => labelIds);
    expect((await gmail.threads.list({ q: 'subject:Hi' }).toArray()).map(({ id }) => id)).toEqual([threadId]);
    await gmail.threads.markRead(threadId);
    await gmail.threads.archive(threadId);
    expect(labels()).toEqual([[], [], ['UNREAD', 'INBOX']]);
    expect((await gmail.threads.trash(threadId)).messages).toHaveLength(2);
    expect(labels()).toEqual([['TRASH'], ['TRASH'], ['UNREAD', 'INBOX']]);
    await gmail.threads.untrash(threadId);
    await gmail.threads.modify(threadId, { add: ['INBOX'] });
    expect(labels()).toEqual([['INBOX'], ['INBOX'], ['UNREAD', 'INBOX']]);
    await gmail.threads.delete(threadId);
    expect(user.messages()).toHaveLength(1);
    expect(await failure(gmail.threads.star(threadId))).toMatchObject({ code: 'not_found' });
  });
});

describe('20.organizing: labels', () => {
  const color = { textColor: '#ffffff', backgroundColor: '#16a766' };

  test('are created, changed, replaced, counted and deleted', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { id } = sandbox.google.testUser().gmail.receive(MAIL);
    const label = await gmail.labels.create({ name: 'Customers/Active', color });
    expect(label).toMatchObject({ type: 'user', color });
    await gmail.messages.modify(id, { add: [label.id] });
    expect(await gmail.labels.get(label.id)).toMatchObject({ messagesTotal: 1, threadsUnread: 1 });
    expect(await gmail.labels.patch(label.id, { name: 'Customers' })).toMatchObject({
      name: 'Customers',
      color,
    });
    const replaced = await gmail.labels.replace(label.id, {
      name: 'Kunden',
      labelListVisibility: 'labelHide',
    });
    expect(replaced).toMatchObject({ id: label.id, name: 'Kunden', labelListVisibility: 'labelHide' });
    expect(replaced.color).toBeUndefined();
    expect((await gmail.labels.findByName('kunden'))?.id).toBe(label.id);
    expect(await gmail.labels.findByName('nothing')).toBeUndefined();
    expect((await gmail.labels.list().toArray()).map((one) => one.id)).toContain('INBOX');
    await gmail.labels.delete(label.id);
    await gmail.labels.delete(label.id);
    expect(await labelsOf(gmail, id)).toEqual(['INBOX', 'UNREAD']);
    expect(await failure(gmail.labels.get(label.id))).toMatchObject({ code: 'not_found' });
  });

  test("a name that is taken is a conflict; Gmail's own labels stay as they are", async () => {
    const { gmail } = await server.start(EMPTY);
    await gmail.labels.create({ name: 'Work' });
    expect(await failure(gmail.labels.create({ name: 'work' }))).toMatchObject({ code: 'conflict' });
    expect(await failure(gmail.labels.create({ name: 'Inbox' }))).toMatchObject({ status: 400 });
    expect(await failure(gmail.labels.patch('INBOX', { name: 'x' }))).toMatchObject({ status: 400 });
    const odd = { name: 'x', color: { ...color, textColor: '#123456' } };
    expect(await failure(gmail.labels.create(odd))).toMatchObject({ status: 400 });
  });

  test('what no label can have is refused by field', async () => {
    const { client, requests } = clientOf([]);
    const bad: [object, string][] = [
      [{ name: '' }, 'name'],
      [{ name: 'a//b' }, 'name'],
      [{ name: 'a\nb' }, 'name'],
      [{ name: 'x'.repeat(226) }, 'name'],
      [{ name: 'x', color: { textColor: '#ffffff' } }, 'color.backgroundColor'],
      [{ name: 'x', messageListVisibility: 'no' }, 'messageListVisibility'],
      [{ name: 'x', colour: color }, 'colour'],
    ];
    for (const [label, field] of bad) {
      expect(await failure(client.labels.create(Object(label)))).toMatchObject({ field });
    }
    expect(await failure(client.labels.patch('L', {}))).toMatchObject({ field: 'changes' });
    expect(requests).toEqual([]);
  });
});

describe('20.organizing: history', () => {
  test('tells label changes of messages, and what the labels of a draft are', async () => {
    const { gmail, sandbox } = await server.start(EMPTY);
    const { historyId } = await gmail.profile.get();
    const { id } = sandbox.google.testUser().gmail.receive(MAIL);
    await gmail.messages.modify(id, { add: ['STARRED'], remove: ['UNREAD'] });
    await gmail.drafts.create({ subject: 'x' });
    const changed = await gmail.mailbox.changes(historyId);
    expect(changed).toMatchObject({
      changes: [
        { messagesAdded: [{ message: { id } }] },
        { labelsAdded: [{ message: { id }, labelIds: ['STARRED'] }] },
        { labelsRemoved: [{ message: { id }, labelIds: ['UNREAD'] }] },
        { messagesAdded: [{ message: { labelIds: ['DRAFT'] } }] },
      ],
    });
  });
});

function scoped(...names: string[]): AccessTokenSource {
  const granted = new Set(names.map((name) => `https://www.googleapis.com/auth/${name}`));
  const lacks = async (anyOf: readonly string[]) => !anyOf.some((scope) => granted.has(scope));
  return { getAccessToken: async () => 'token', lacks };
}
