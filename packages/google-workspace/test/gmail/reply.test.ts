import { GmailClient, type Thread } from '@context-sdk/google-workspace';
import { answering, failure, type SentRequest } from '@context-sdk/test-support';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import {
  ADA,
  ALIASES,
  EXPECTED,
  type Situation,
  SITUATIONS,
  type TableMessage,
  USUAL,
} from './reply-table.ts';

const server = useSandbox();

function threadOf(messages: readonly TableMessage[]): Thread {
  return {
    id: 't',
    messages: messages.map((message, index) => {
      const { from, to, cc, subject, messageId, labels, headers } = { ...USUAL, ...message };
      const fields = { From: from, To: to, Cc: cc, Subject: subject, 'Message-ID': messageId, ...headers };
      return {
        id: `m${index}`,
        threadId: 't',
        labelIds: labels,
        internalDate: String(1_000 + index),
        payload: {
          mimeType: 'text/plain',
          headers: Object.entries(fields).map(([name, value]) => ({ name, value })),
          body: { data: Buffer.from('Hello\nthere').toString('base64url') },
        },
      };
    }),
  };
}

async function replied({ messages = [{}], aliases = ALIASES, reply = {} }: Situation): Promise<Email> {
  const { fetch, requests } = answering(({ path }: SentRequest) => {
    if (path.endsWith('/threads/t')) return threadOf(messages);
    return path.endsWith('/sendAs') ? { sendAs: aliases } : { id: 'd', message: { id: 'm', threadId: 't' } };
  });
  const client = new GmailClient({ auth: 'token', fetch, limits: [] });
  await client.threads.reply('t', { text: 'Yes', ...reply });
  expect(requests).toHaveLength(3);
  const sent = requests.at(-1)?.json as { message: { raw: string; threadId: string } };
  expect(sent.message.threadId).toBe('t');
  return await PostalMime.parse(Buffer.from(sent.message.raw, 'base64url'));
}

describe('20.replying: whom, from whom, to what', () => {
  test('the table has at least 40 situations', () => {
    expect(Object.keys(SITUATIONS).length).toBeGreaterThanOrEqual(40);
  });

  test.each(Object.entries(SITUATIONS))('%s', async (_, situation) => {
    const mail = await replied(situation);
    const addresses = (list: Email['to']): string[] => (list ?? []).map(({ address = '' }) => address);
    expect({
      to: addresses(mail.to),
      cc: addresses(mail.cc),
      subject: mail.subject,
      from: mail.from?.address,
      parent: mail.inReplyTo,
    }).toEqual({ ...EXPECTED, ...situation.expected });
    expect(mail.references).toContain(mail.inReplyTo);
  });

  test.each<[string, Situation, string]>([
    ['only drafts and trash', { messages: [{ labels: ['DRAFT'] }, { labels: ['TRASH'] }] }, 'id'],
    ['a message of another thread', { reply: { messageId: 'x' } }, 'messageId'],
    ['nobody to answer', { messages: [{ from: '', to: '' }] }, 'to'],
    ['a field that a reply does not have', { reply: Object({ bcc: ADA }) }, 'bcc'],
    ['no text', { reply: { text: undefined } }, 'text'],
    ['a zone that does not exist', { reply: { timeZone: 'Mars' } }, 'timeZone'],
  ])('is refused: %s', async (_, situation, field) => {
    expect(await failure(replied(situation))).toMatchObject({ field });
  });
});

describe('20.replying: what is below', () => {
  const date = { headers: { Date: 'Mon, 23 Nov 2026 09:05:00 +0000' } };

  test('the mail, quoted as Gmail does', async () => {
    const { text, html } = await replied({ messages: [date] });
    expect(text?.replaceAll('\r\n', '\n')).toBe(
      'Yes\n\nOn Mon, Nov 23, 2026 at 9:05 AM Kim <kim@elsewhere.example> wrote:\n\n> Hello\n> there\n',
    );
    expect(html).toBeUndefined();
  });

  test('in the zone of the user, and in HTML if the reply is', async () => {
    const reply = { html: '<p>Yes</p>', timeZone: 'Europe/Zurich' };
    const { text, html } = await replied({ messages: [date], reply });
    expect(text).toContain('On Mon, Nov 23, 2026 at 10:05 AM Kim');
    expect(html).toContain('<p>Yes</p><br><div class="gmail_quote gmail_quote_container">');
    expect(html).toContain('&lt;<a href="mailto:kim@elsewhere.example">kim@elsewhere.example</a>&gt; wrote:');
    expect(html).toContain('padding-left:1ex">Hello<br>there</blockquote>');
  });

  test('nothing, if it is not wanted; the signature, if it is', async () => {
    expect((await replied({ reply: { quote: false } })).text?.trim()).toBe('Yes');
    const [ada, ...others] = ALIASES;
    const aliases = [{ ...ada, sendAsEmail: ADA, signature: '<b>Ada</b> Okonkwo' }, ...others];
    const { text, html } = await replied({ aliases, reply: { quote: false, signature: true } });
    expect(text?.replaceAll('\r\n', '\n')).toContain('Yes\n\n-- \nAda Okonkwo\n');
    expect(html).toContain('<div dir="ltr" class="gmail_signature"><b>Ada</b> Okonkwo</div>');
  });

  test('no script and no second body', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    const user = sandbox.google.testUser().gmail;
    const evil =
      '<html><head><title>x</title></head><body bgcolor=red><script>alert(1)</script><p>Hi</p></body></html>';
    const { threadId } = user.receive(
      `From: ${USUAL.from}\nTo: ${ADA}\nSubject: x\nContent-Type: text/html\n\n${evil}`,
    );
    const { mail } = await gmail.threads.reply(threadId, { html: '<p>Yes</p>' });
    expect(mail.html).toContain('padding-left:1ex"><p>Hi</p></blockquote>');
    expect(mail.html).not.toMatch(/script|<body|title/);
  });

  test.each(['<script', '<head ', '<meta ', '</head'])(
    '20.5: a mail with a megabyte of %j is quoted in one go',
    async (piece) => {
      const html = `<p>Hi</p>${piece.repeat(1_000_000 / piece.length)}`;
      const body = { data: Buffer.from(html).toString('base64url'), size: html.length };
      const headers = [
        { name: 'From', value: 'grace@example.com' },
        { name: 'To', value: ADA },
      ];
      const message = { id: 'm1', threadId: 't1', payload: { mimeType: 'text/html', headers, body } };
      const { client } = clientOf([
        ({ path, method }) => {
          if (path.endsWith('/sendAs')) return { sendAs: [{ sendAsEmail: ADA, isPrimary: true }] };
          return method === 'GET' ? { ...message, messages: [message] } : { id: 'd1', message };
        },
      ]);
      const { mail } = await client.threads.reply('t1', { html: '<p>Yes</p>' });
      expect(mail.html).toContain('padding-left:1ex"><p>Hi</p>');
    },
  );

  test('the text below a head whose end is left out', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    const html = '<html><head><title>x</title><meta charset=utf-8><p>Hi</p>';
    const { threadId } = sandbox.google
      .testUser()
      .gmail.receive(`From: ${USUAL.from}\nTo: ${ADA}\nSubject: x\nContent-Type: text/html\n\n${html}`);
    const { mail } = await gmail.threads.reply(threadId, { html: '<p>Yes</p>' });
    expect(mail.html).toContain('padding-left:1ex"><p>Hi</p></blockquote>');
  });
});

const WITH_FILES = [
  `From: ${USUAL.from}`,
  `To: ${ADA}`,
  'Subject: Plan',
  'Message-ID: <p@elsewhere.example>',
  'Content-Type: multipart/mixed; boundary=a',
  '',
  '--a',
  'Content-Type: multipart/related; boundary=b',
  '',
  '--b',
  'Content-Type: text/html',
  '',
  '<p>See <img src="cid:logo@x"></p>',
  '--b',
  'Content-Type: image/png',
  'Content-ID: <logo@x>',
  'Content-Disposition: inline; filename="logo.png"',
  'Content-Transfer-Encoding: base64',
  '',
  'AQID',
  '--b--',
  '--a',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename="plan.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'BAUG',
  '--a--',
  '',
].join('\r\n');

describe('20.replying: in the mailbox', () => {
  test('a reply joins its conversation, as a draft or at once; its pictures stay', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    const user = sandbox.google.testUser().gmail;
    const { threadId } = user.receive(WITH_FILES);
    const { draft, message } = await gmail.threads.reply(threadId, { html: '<p>Yes</p>' });
    expect(draft).toMatchObject({ id: user.drafts()[0]?.id, message: { id: message.id, threadId } });
    const read = await gmail.messages.read(message.id);
    expect(read.attachments.map(({ filename, inline }) => [filename, inline])).toEqual([['logo.png', true]]);
    const sent = await gmail.threads.reply(threadId, { text: 'Yes', send: true });
    expect(sent.draft).toBeUndefined();
    expect(sent.message).toMatchObject({ threadId, labelIds: ['SENT'] });
    expect(sent.mail.to).toEqual([{ name: 'Kim', address: 'kim@elsewhere.example' }]);
  });

  test('a forwarded mail has its text, pictures and files, and begins a conversation', async () => {
    const { gmail, sandbox } = await server.start({ sandbox: { seed: 'empty' } });
    const { id, threadId } = sandbox.google.testUser().gmail.receive(WITH_FILES);
    const forward = { to: 'lee@elsewhere.example', text: 'For you', send: true };
    const { message } = await gmail.messages.forward(id, forward);
    expect(message.threadId).not.toBe(threadId);
    const read = await gmail.messages.read(message.id);
    expect(read).toMatchObject({ subject: 'Fwd: Plan', from: { address: ADA } });
    expect(read.html).toContain('For you');
    expect(read.html).toContain('---------- Forwarded message ---------<br>From: Kim &lt;');
    expect(read.text).toContain('Subject: Plan\r\nTo: <ada@example.com>');
    const files = await Promise.all(
      read.attachments.map(async ({ filename, load }) => [filename, [...(await load())]]),
    );
    expect(files).toEqual([
      ['logo.png', [1, 2, 3]],
      ['plan.pdf', [4, 5, 6]],
    ]);
    const without = await gmail.messages.forward(id, { ...forward, originalAttachments: false });
    expect(without.mail.attachments?.map(({ filename }) => filename)).toEqual(['logo.png']);
    expect(await failure(gmail.messages.forward(id, Object({ text: 'x' })))).toMatchObject({ field: 'to' });
  });

  test.each([
    ['Plan', 'Fwd: Plan'],
    ['Fwd: Plan', 'Fwd: Plan'],
    ['WG: Fwd: Plan', 'WG: Plan'],
    ['TR : Plan', 'TR : Plan'],
    ['转发：Plan', '转发： Plan'],
    ['Re: Plan', 'Fwd: Re: Plan'],
  ])('the subject %s is forwarded as %s', async (subject, expected) => {
    const { fetch } = answering(({ path }: SentRequest) => {
      if (path.endsWith('/messages/m0')) return threadOf([{ subject }]).messages?.[0];
      return path.endsWith('/sendAs')
        ? { sendAs: ALIASES }
        : { id: 'd', message: { id: 'm', threadId: 't' } };
    });
    const client = new GmailClient({ auth: 'token', fetch, limits: [] });
    expect((await client.messages.forward('m0', { to: ADA })).mail.subject).toBe(expected);
  });
});
