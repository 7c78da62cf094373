import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import {
  ADA,
  FRIEND,
  gmailApi,
  gmailScope,
  GRACE,
  mail,
  onlyText,
  padded,
  refusalOf,
  sendRaw,
  setUpGmail,
} from './gmail-support.ts';

const TO_FRIEND = { To: FRIEND, Subject: 'Hello' };

describe('a mail that is sent', () => {
  test('is kept in SENT as it was handed in, with From, Date and Message-ID where they were missing', async () => {
    const { api, gmail } = setUpGmail();
    const source = mail(TO_FRIEND, 'Grüße\r\n');
    const { status, json } = await sendRaw(api, source);
    expect(status).toBe(200);
    expect(json).toEqual({ id: expect.any(String), threadId: idOf(json), labelIds: ['SENT'] });
    const text = onlyText(gmail.messages());
    expect(text.endsWith(source)).toBe(true);
    const added = text.slice(0, -source.length);
    expect(added).toMatch(
      /^Date: Sun, 22 Nov 2026 10:00:00 \+0000\r\nMessage-ID: <[^<>\s]+@mail\.gmail\.com>\r\n/,
    );
    expect(added.split('\r\n').slice(2)).toEqual([`From: ${ADA}`, '']);
  });

  test('keeps a From of its own, a Date and a Message-ID that are there', async () => {
    const { api, gmail } = setUpGmail();
    const source = mail({
      From: `"Okonkwo, Ada" <ADA@example.com>`,
      ...TO_FRIEND,
      Date: 'Sat, 21 Nov 2026 08:00:00 +0100',
      'Message-ID': '<mine@example.com>',
    });
    await sendRaw(api, source);
    expect(onlyText(gmail.messages())).toBe(source);
  });

  test("gets the account's address in From instead of somebody else's", async () => {
    const { api, gmail } = setUpGmail();
    await sendRaw(api, mail({ Subject: 'x', From: 'Boss\r\n <boss@example.org>', To: FRIEND }));
    const text = onlyText(gmail.messages());
    expect(text).toContain(`From: ${ADA}\r\n`);
    expect(text).not.toContain('boss@example.org');
    expect(gmail.messages()[0]?.envelope.from).toBe(ADA);
  });

  test('goes to everybody in To, Cc and Bcc, read from folded, quoted and grouped addresses', async () => {
    const { api, gmail } = setUpGmail();
    const { status } = await sendRaw(
      api,
      mail({
        To: '"Last, First" <a@one.example>,\r\n b@two.example (a comment, with a comma)',
        Cc: 'Team: c@three.example, "odd\\"name" <d@four.example>;, A@ONE.example',
        Bcc: '=?utf-8?Q?J=C3=B6rg?= <"quoted local"@five.example>, jörg@six.example',
      }),
    );
    expect(status).toBe(200);
    expect(gmail.messages()[0]?.envelope.to.map((address) => address.toLowerCase())).toEqual([
      'a@one.example',
      'b@two.example',
      'c@three.example',
      'd@four.example',
      '"quoted local"@five.example',
      'jörg@six.example',
    ]);
  });

  test("arrives, without its Bcc, in the INBOX of recipients who are accounts; the sender's copy keeps it", async () => {
    const { sandbox, api, gmail } = setUpGmail();
    await sendRaw(api, mail({ To: FRIEND, Bcc: `${FRIEND},\r\n ${GRACE}`, Subject: 'Quiet' }, 'Hi'));
    const [received] = sandbox.google.testUser(GRACE).gmail.messages();
    expect(received?.labelIds).toEqual(['UNREAD', 'INBOX']);
    const text = onlyText(sandbox.google.testUser(GRACE).gmail.messages());
    expect(text).not.toMatch(/bcc|grace/i);
    expect(text).toMatch(/Subject: Quiet\r\n\r\nHi$/);
    expect(onlyText(gmail.messages())).toContain(`Bcc: ${FRIEND},\r\n ${GRACE}\r\n`);
  });

  test('is one message, sent and received, when it goes to oneself', async () => {
    const { api, gmail } = setUpGmail();
    const { json } = await sendRaw(api, mail({ To: `Me <${ADA.toUpperCase()}>` }));
    expect(json).toMatchObject({ labelIds: ['UNREAD', 'SENT', 'INBOX'] });
    expect(gmail.messages()).toHaveLength(1);
  });

  test('needs a recipient, and has 500 at most', async () => {
    const { api, gmail } = setUpGmail();
    const none = { status: 400, reason: 'invalidArgument', message: 'Recipient address required' };
    expect(refusalOf(await sendRaw(api, mail({ Subject: 'x' })))).toEqual(none);
    expect(refusalOf(await sendRaw(api, mail({ To: 'undisclosed-recipients:;' })))).toEqual(none);
    const many = (count: number): string =>
      Array.from({ length: count }, (_, index) => `r${index}@example.org`).join(',\r\n ');
    expect(refusalOf(await sendRaw(api, mail({ To: many(501) })))).toMatchObject({
      status: 400,
      message: 'Too many recipients: more than 500',
    });
    expect(gmail.messages()).toEqual([]);
    expect((await sendRaw(api, mail({ Bcc: many(500) }))).status).toBe(200);
  });

  test('is refused without raw, and where raw is not base64url', async () => {
    const { api } = setUpGmail();
    const missing = {
      status: 400,
      message: "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
    };
    for (const body of [{}, { raw: '' }, { raw: null }]) {
      expect(refusalOf(await api('POST /messages/send', body))).toMatchObject(missing);
    }
    for (const wrong of ['VG86_w==x', 'a+b/', 'abcde', 'VG8 6', 7, {}]) {
      expect(refusalOf(await api('POST /messages/send', { raw: wrong }))).toEqual({
        status: 400,
        reason: 'invalidArgument',
        message: expect.stringContaining("Invalid value at 'raw' (TYPE_BYTES), Base64 decoding failed for"),
      });
    }
    expect((await api('POST /messages/send', { raw: padded(mail({ To: FRIEND })) })).status).toBe(200);
  });

  test('may be sent with gmail.send alone', async () => {
    const { sandbox } = setUpGmail();
    expect((await sendRaw(gmailApi(sandbox, [gmailScope('send')]), mail(TO_FRIEND))).status).toBe(200);
  });
});
