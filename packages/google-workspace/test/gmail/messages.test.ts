import { replyTo } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('a mail reaches everybody in to, cc and bcc, and nobody sees the bcc', async () => {
  const { sandbox, gmail } = await server.start();
  const sent = await gmail.messages.send({
    to: 'Grace <grace@example.com>',
    cc: 'cc@example.net',
    bcc: ['bcc@example.net'],
    subject: 'Hello',
    text: 'plain',
    html: '<b>rich</b>',
  });
  const own = sandbox.google
    .testUser()
    .gmail.messages()
    .find(({ id }) => id === sent.id);
  expect(own?.envelope.to).toEqual(['grace@example.com', 'cc@example.net', 'bcc@example.net']);
  const arrived = await PostalMime.parse(
    sandbox.google.testUser('grace@example.com').gmail.messages().at(-1)?.raw ?? '',
  );
  expect(arrived).toMatchObject({ subject: 'Hello', html: '<b>rich</b>\n' });
  expect(arrived.bcc).toBeUndefined();
});

test('a mail to nobody is refused', async () => {
  const { sandbox, gmail } = await server.start();
  for (const to of [undefined, [], [undefined]] as unknown[]) {
    const mail = { to: to as string[], subject: 'x' };
    expect(await failure(gmail.messages.send(mail))).toMatchObject({
      name: 'InvalidRequestError',
      field: 'to',
    });
  }
  expect(sandbox.requests).toEqual([]);
});

const INCOMING = `From: Grace <grace@example.com>
To: ada@example.com
Subject: Printing
Message-ID: <second@example.com>
In-Reply-To: <first@example.com>
References: <first@example.com>

How many?
`;

test('an answer to a mail that was read joins its thread, on both sides', async () => {
  const { sandbox, gmail } = await server.start();
  const received = sandbox.google.testUser().gmail.receive(INCOMING);
  const original = await gmail.messages.get(received.id, { format: 'metadata' });
  const reply = replyTo(original);
  expect(reply).toEqual({
    to: [{ name: 'Grace', address: 'grace@example.com' }],
    threadId: received.threadId,
    inReplyTo: '<second@example.com>',
    references: ['<first@example.com>', '<second@example.com>'],
    subject: 'Re: Printing',
  });
  const sent = await gmail.messages.send({ to: 'grace@example.com', text: '400', ...reply });
  expect(sent.threadId).toBe(received.threadId);
  const draft = await gmail.drafts.create({ to: 'grace@example.com', text: '401', ...reply });
  expect(draft.message.threadId).toBe(received.threadId);
  const thread = await gmail.threads.get(received.threadId, { format: 'minimal' });
  expect(thread.messages?.map(({ id }) => id)).toEqual([received.id, sent.id, draft.message.id]);
});

test('an answer to a mail that the host knows of itself needs gmail.compose alone', async () => {
  const { sandbox, gmail } = await server.start({
    scopes: ['https://www.googleapis.com/auth/gmail.compose'],
  });
  const { threadId } = sandbox.google.testUser().gmail.receive(INCOMING);
  const reply = replyTo({ threadId, messageId: 'second@example.com', subject: 'RE: Printing' });
  expect(reply.subject).toBe('RE: Printing');
  expect((await gmail.drafts.create({ text: '400', ...reply })).message.threadId).toBe(threadId);
});

test('a mail that breaks rules can be answered', () => {
  const known = `<a b@c> not-\u00e4-ascii <${'x'.repeat(1_000)}> <p@q><r@s>\n `;
  const references = known + Array.from({ length: 100 }, (_, index) => `<${index}@v> `).join('');
  const headers = [
    { name: 'MESSAGE-ID', value: ' <no-domain> ' },
    { name: 'References', value: references },
    { name: 'Subject', value: 'Lunch?\r\nBcc: evil@example.com' },
  ];
  const reply = replyTo({ id: 'a', threadId: 't', payload: { headers } });
  expect(reply).toMatchObject({ inReplyTo: '<no-domain>', subject: 'Re: Lunch? Bcc: evil@example.com' });
  expect(reply.references).toHaveLength(51);
  const short = replyTo({ threadId: 't', messageId: 'a@b', references: known });
  expect(short).toMatchObject({
    references: ['<ab@c>', '<p@q>', '<r@s>', '<a@b>'],
    subject: 'Re:',
  });
});

test('replyTo says what the original lacks', () => {
  const bare = { id: 'a', threadId: 't', payload: {} };
  expect(() => replyTo(bare)).toThrow(expect.objectContaining({ field: 'payload.headers' }) as Error);
  const known = { threadId: 't', messageId: undefined as never };
  expect(() => replyTo(known)).toThrow(expect.objectContaining({ field: 'messageId' }) as Error);
  expect(() => replyTo(null as never)).toThrow(expect.objectContaining({ field: 'original' }) as Error);
});

test('20.5: a mail that no reply can name is answered through its references, or outside its thread', () => {
  const odd = { threadId: 't', messageId: 'a b', subject: 'x' };
  const through = {
    threadId: 't',
    inReplyTo: '<2@b.example>',
    references: ['<1@b.example>', '<2@b.example>'],
  };
  expect(replyTo({ ...odd, references: '<1@b.example> <2@b.example>' })).toEqual({
    ...through,
    subject: 'Re: x',
  });
  expect(replyTo(odd)).toEqual({ subject: 'Re: x' });
  const headers = [{ name: 'Subject', value: 'x' }];
  expect(replyTo({ id: 'a', threadId: 't', payload: { headers } })).toEqual({ subject: 'Re: x' });
});

test('mails are listed and searched over pages, and read in every format', async () => {
  const { sandbox, gmail } = await server.start();
  const user = sandbox.google.testUser();
  for (let count = 0; count < 5; count += 1) {
    user.gmail.receive(`From: a@example.net\nTo: ada@example.com\nSubject: tide ${count}\n\nbody`);
  }
  sandbox.clearRequests();
  const found = await gmail.messages
    .list({ q: 'subject:tide', labelIds: ['INBOX'], maxResults: 2 })
    .toArray();
  expect(found).toHaveLength(5);
  expect(sandbox.requests).toHaveLength(3);
  const id = found[0]?.id ?? '';
  const raw = await gmail.messages.get(id, { format: 'raw' });
  expect(Buffer.from(raw.raw ?? '', 'base64url').toString()).toContain('Subject: tide');
  const headers = await gmail.messages.get(id, { format: 'metadata', metadataHeaders: ['Subject', 'From'] });
  expect(headers.payload?.headers?.map(({ name }) => name).toSorted()).toEqual(['From', 'Subject']);
  expect((await gmail.messages.get(id)).payload?.body?.data).toBeDefined();
});

test('an attachment is read back byte by byte', async () => {
  const { gmail } = await server.start();
  const content = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256);
  const { id } = await gmail.messages.send({
    to: 'grace@example.com',
    subject: 'file',
    text: 'see file',
    attachments: [{ filename: 'größe.bin', content }],
  });
  const { payload } = await gmail.messages.get(id);
  const part = payload?.parts?.find(({ filename }) => filename === 'größe.bin');
  const bytes = await gmail.messages.attachment(id, part?.body?.attachmentId ?? '');
  expect(Buffer.from(bytes).equals(content)).toBe(true);
});

const WRONG: [field: string, query: object][] = [
  ['q', { q: 7 }],
  ['labelIds', { labelIds: 'INBOX' }],
  ['labelIds[1]', { labelIds: ['INBOX', ''] }],
  ['includeSpamTrash', { includeSpamTrash: 'yes' }],
  ['maxResults', { maxResults: 0 }],
  ['maxResults', { maxResults: 501 }],
];

test.each(WRONG)('a list with a wrong %s is refused', async (field, query) => {
  const { gmail } = await server.start();
  expect(() => gmail.messages.list(query)).toThrow(expect.objectContaining({ field }) as Error);
});

test('a format that Gmail does not know is refused', async () => {
  const { gmail } = await server.start();
  const format = 'RAW' as 'raw';
  expect(await failure(gmail.messages.get('a', { format }))).toMatchObject({ field: 'format' });
  expect(await failure(gmail.drafts.get('a', { format }))).toMatchObject({ field: 'format' });
  expect(await failure(gmail.threads.get('a', { format: 'raw' as 'full' }))).toMatchObject({
    field: 'format',
  });
});
