import { Readable } from 'node:stream';
import { type Attachment, GmailClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { discoveryDocuments } from '../support/fixtures.ts';

const MIB = 1_048_576;

function start() {
  const sandbox = createSandbox({ google: { discovery: discoveryDocuments(), quotas: { gmail: [] } } });
  const auth = sandbox.google.issueToken().accessToken;
  const gmail = new GmailClient({ auth, fetch: sandbox.fetch, limits: [], rateLimiter: memoryRateLimiter() });
  return { sandbox, gmail };
}

/** Longer than any line or chunk that a mail is cut into, and a multiple of none. */
const NOISE = Uint8Array.from({ length: 65_521 }, (_, at) => (at * at * 31 + at) >> 5);

function noise(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.alloc(length, NOISE));
}

test('a unicode subject, 60 people in bcc and 10 MB arrive byte by byte, and what tries to break out is refused by name', async () => {
  const { sandbox, gmail } = start();
  const content = noise(10_000_000);
  const bcc = Array.from({ length: 60 }, (_, index) => `guest.${index}@example.net`);
  const mail = {
    to: 'Grace Lindqvist <grace@example.com>',
    bcc,
    subject: 'Fotos 📷 für die Ausstellung — 展覧会',
    text: 'Grüße',
    attachments: [{ filename: 'Fotos 展覧会.zip', content }],
  };
  const sent = await gmail.messages.send(mail);
  const own = sandbox.google
    .testUser()
    .gmail.messages()
    .find(({ id }) => id === sent.id);
  expect(own?.envelope.to).toEqual(['grace@example.com', ...bcc]);
  const arrived = await PostalMime.parse(
    sandbox.google.testUser('grace@example.com').gmail.messages().at(-1)?.raw ?? '',
  );
  expect(arrived.subject).toBe(mail.subject);
  expect(arrived.attachments[0]?.filename).toBe('Fotos 展覧会.zip');
  expect(Buffer.from(arrived.attachments[0]?.content as ArrayBuffer).equals(content)).toBe(true);

  sandbox.clearRequests();
  const evil = '\r\nBcc: evil@example.com';
  const attempts: [field: string, mail: object][] = [
    ['to', { to: `grace@example.com${evil}` }],
    ['cc', { cc: `a@example.net${evil}` }],
    ['bcc[60]', { bcc: [...bcc, `x@example.net${evil}`] }],
    ['replyTo', { replyTo: `a@example.net${evil}` }],
    ['from', { from: `a@example.net${evil}` }],
    ['subject', { subject: `Fotos${evil}` }],
    ['headers.X-A', { headers: { 'X-A': evil } }],
    ['headers', { headers: { [`X-A: b${evil}`]: 'c' } }],
    ['inReplyTo', { inReplyTo: `<a@b>${evil}` }],
    ['references', { references: `<a@b>${evil}` }],
    ['messageId', { messageId: `<a@b>${evil}` }],
    ['attachments[0].filename', { attachments: [{ filename: `a${evil}`, content }] }],
    ['attachments[0].contentType', { attachments: [{ filename: 'a', content, contentType: `a/b${evil}` }] }],
    ['attachments[0].contentId', { attachments: [{ filename: 'a', content, contentId: `a${evil}` }] }],
  ];
  for (const [field, changes] of attempts) {
    expect(await failure(gmail.messages.send({ ...mail, ...changes }))).toMatchObject({
      name: 'InvalidRequestError',
      field,
    });
  }
  expect(sandbox.requests).toEqual([]);
  expect(sandbox.google.violations).toEqual([]);
});

test('up to 5 MB of mail go as JSON, more as an upload; drafts are made, replaced and sent with either', async () => {
  const { sandbox, gmail } = start();
  const paths = (): string[] => sandbox.requests.map(({ method, path }) => `${method} ${path}`);
  const file = (bytes: number): Attachment[] => [{ filename: 'a.bin', content: noise(bytes) }];
  const mail = { to: 'grace@example.com', subject: 'x' };

  const small = await gmail.drafts.create({ ...mail, attachments: file(3_600_000) });
  const large = await gmail.drafts.create({ ...mail, attachments: file(3_700_000) });
  await gmail.drafts.update(small.id, { ...mail, attachments: file(4 * MIB) });
  expect(paths()).toEqual([
    'POST /gmail/v1/users/me/drafts',
    'POST /upload/gmail/v1/users/me/drafts',
    `PUT /upload/gmail/v1/users/me/drafts/${small.id}`,
  ]);
  expect(
    sandbox.google
      .testUser()
      .gmail.drafts()
      .map(({ id }) => id),
  ).toEqual([small.id, large.id]);
  expect((await gmail.drafts.send(large.id)).labelIds).toEqual(['SENT']);
  expect(sandbox.google.violations).toEqual([]);
});

test('an upload keeps to its thread', async () => {
  const { sandbox, gmail } = start();
  const { threadId } = sandbox.google
    .testUser()
    .gmail.receive('From: a@example.net\nTo: ada@example.com\nSubject: tide\nMessage-ID: <a@b>\n\nx');
  const attachments = [{ filename: 'a.bin', content: noise(4 * MIB) }];
  const reply = { threadId, inReplyTo: 'a@b', subject: 'Re: tide' };
  expect((await gmail.messages.send({ to: 'a@example.net', ...reply, attachments })).threadId).toBe(threadId);
  expect((await gmail.drafts.create({ ...reply, attachments })).message.threadId).toBe(threadId);
});

test('an upload is sent again after a 401, with the new token and the same bytes', async () => {
  const { sandbox } = start();
  const stale = sandbox.google.issueToken().accessToken;
  sandbox.google.expireAccessTokens();
  let token = stale;
  const rejections: string[] = [];
  const gmail = new GmailClient({
    auth: {
      getAccessToken: async ({ rejected } = {}) => {
        if (rejected !== undefined) {
          rejections.push(rejected);
          token = sandbox.google.issueToken().accessToken;
        }
        return token;
      },
    },
    fetch: sandbox.fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
  });
  const content = noise(4 * MIB);
  await gmail.messages.send({
    to: 'grace@example.com',
    subject: 'x',
    attachments: [{ filename: 'a.bin', content }],
  });
  expect(rejections).toEqual([stale]);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([401, 200]);
  const { attachments } = await PostalMime.parse(
    sandbox.google.testUser('grace@example.com').gmail.messages().at(-1)?.raw ?? '',
  );
  expect(Buffer.from(attachments[0]?.content as ArrayBuffer).equals(content)).toBe(true);
});

test('a mail of just under 35 MiB goes, and one byte of base64 more is refused before anything is sent', async () => {
  const { sandbox, gmail } = start();
  const mail = { to: 'grace@example.com', subject: 'x' };
  const most = Math.floor((36_700_160 / 78) * 57) - 1_000;
  await gmail.drafts.create({ ...mail, attachments: [{ filename: 'a.bin', content: new Uint8Array(most) }] });
  sandbox.clearRequests();
  for (const content of [new Uint8Array(most + 1_100), new Blob([new Uint8Array(most + 1_100)])]) {
    const error = await failure(
      gmail.drafts.create({ ...mail, attachments: [{ filename: 'a.bin', content }] }),
    );
    expect(error).toMatchObject({ name: 'InvalidRequestError', field: 'attachments[0].content' });
  }
  expect(await failure(gmail.drafts.create({ ...mail, text: 'x'.repeat(36_700_161) }))).toMatchObject({
    field: 'text',
  });
  expect(await failure(gmail.drafts.create({ ...mail, text: '\u0001'.repeat(28_000_000) }))).toMatchObject({
    field: 'mail',
  });
  expect(sandbox.requests).toEqual([]);
});

test('a stream that never ends is let go of as soon as the mail is too large', async () => {
  const { sandbox, gmail } = start();
  let yielded = 0;
  let ended = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        yielded += MIB;
        yield new Uint8Array(MIB);
      }
    } finally {
      ended += 1;
    }
  }
  for (const content of [
    endless(),
    ReadableStream.from(endless()),
    Readable.from(endless(), { objectMode: false }),
  ]) {
    yielded = 0;
    const attachments = [
      { filename: 'small', content: 'x' },
      { filename: 'a', content },
    ];
    expect(await failure(gmail.drafts.create({ subject: 'x', attachments }))).toMatchObject({
      field: 'attachments[1].content',
    });
    expect(yielded).toBeLessThan(30 * MIB);
  }
  expect(ended).toBe(3);
  expect(sandbox.requests).toEqual([]);
});

test('no stream is read where what is known is too large already', async () => {
  const { gmail } = start();
  let reads = 0;
  const stream = new ReadableStream<Uint8Array>({ pull: () => void (reads += 1) }, { highWaterMark: 0 });
  const attachments = [
    { filename: 'a', content: stream },
    { filename: 'b', content: new Uint8Array(30 * MIB) },
  ];
  expect(await failure(gmail.drafts.create({ subject: 'x', attachments }))).toMatchObject({
    field: 'attachments[1].content',
  });
  expect([reads, stream.locked]).toEqual([0, false]);
});
