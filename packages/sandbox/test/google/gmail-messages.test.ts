import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf, textOf } from '../support.ts';
import { ADA, FRIEND, mail, padded, refusalOf, setUpGmail } from './gmail-support.ts';

const picture = Buffer.from([0, 255, 10, 13, 128, 7]);
const rich = mail(
  {
    From: '=?utf-8?B?5Lq65bel?= =?utf-8?Q?=C3=84rger?= <kim@elsewhere.example>',
    To: ADA,
    Subject: '=?iso-8859-1?Q?Gr=FC=DFe_?=\r\n =?utf-8?B?8J+agA==?=',
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/mixed;\r\n boundary="outer+(1)"',
  },
  [
    'preamble',
    '--outer+(1)',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=FC=DFe=\r\n  joined ',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Grüße</p>',
    '--inner--',
    '--outer+(1)',
    'Content-Type: image/png; name="fallback.png"',
    'Content-Disposition: attachment; filename*0*=utf-8\'\'%E5%9B%B3; filename*1=" 1.png"',
    'Content-Transfer-Encoding: base64',
    '',
    picture.toString('base64'),
    '--outer+(1)--',
    'epilogue',
  ].join('\r\n'),
);

describe('messages.get', () => {
  test('gives the parts as a tree, decoded; a file is fetched by its attachmentId', async () => {
    const { api, gmail } = setUpGmail();
    const { id } = gmail.receive(rich);
    const { json } = await api(`GET /messages/${id}`);
    expect(json).toMatchObject({
      id,
      threadId: id,
      labelIds: ['UNREAD', 'INBOX'],
      snippet: 'Grüße joined',
      internalDate: String(Date.UTC(2026, 10, 22, 10)),
      payload: {
        partId: '',
        mimeType: 'multipart/mixed',
        filename: '',
        body: { size: 0 },
        parts: [
          {
            partId: '0',
            mimeType: 'multipart/alternative',
            parts: [
              { partId: '0.0', mimeType: 'text/plain', body: { size: 15, data: padded('Grüße  joined') } },
              { partId: '0.1', mimeType: 'text/html', body: { data: padded('<p>Grüße</p>') } },
            ],
          },
          {
            partId: '1',
            mimeType: 'image/png',
            filename: '図 1.png',
            body: { size: 6, attachmentId: expect.any(String) },
          },
        ],
      },
    });
    const payload = fieldsOf(fieldsOf(json)['payload']);
    expect(payload['headers']).toContainEqual({ name: 'From', value: '人工Ärger <kim@elsewhere.example>' });
    expect(payload['headers']).toContainEqual({ name: 'Subject', value: 'Grüße 🚀' });
    const body = fieldsOf(fieldsOf(listOf(payload['parts'])[1])['body']);
    expect(body).not.toHaveProperty('data');
    const attachment = await api(`GET /messages/${id}/attachments/${textOf(body, 'attachmentId')}`);
    expect(attachment.json).toEqual({ size: 6, data: padded(picture) });
    expect(refusalOf(await api(`GET /messages/${id}/attachments/none`))).toMatchObject({
      status: 400,
      message: 'Invalid attachment token',
    });
  });

  test('gives every octet as raw, and less as metadata and minimal', async () => {
    const { api, gmail } = setUpGmail();
    const { id, raw: octets } = gmail.receive(rich);
    const whole = fieldsOf((await api(`GET /messages/${id}?format=raw`)).json);
    expect(whole).toMatchObject({ raw: padded(octets), sizeEstimate: octets.length });
    expect(whole).not.toHaveProperty('payload');
    const chosen = await api(`GET /messages/${id}?format=metadata&metadataHeaders=TO&metadataHeaders=Date`);
    expect(fieldsOf(chosen.json)['payload']).toEqual({
      mimeType: 'multipart/mixed',
      headers: [
        { name: 'Date', value: 'Sun, 22 Nov 2026 10:00:00 +0000' },
        { name: 'To', value: ADA },
      ],
    });
    expect(fieldsOf((await api(`GET /messages/${id}?format=minimal`)).json)).toEqual({
      id,
      threadId: id,
      labelIds: ['UNREAD', 'INBOX'],
      snippet: expect.any(String),
      sizeEstimate: octets.length,
      historyId: expect.stringMatching(/^\d+$/),
      internalDate: expect.stringMatching(/^\d+$/),
    });
  });

  test('reads a header that arrives in plain UTF-8', async () => {
    const { api, gmail } = setUpGmail();
    const { id } = gmail.receive(mail({ From: FRIEND, Subject: 'Voilà' }));
    const { json } = await api(`GET /messages/${id}?format=metadata&metadataHeaders=Subject`);
    expect(fieldsOf(json)['payload']).toMatchObject({ headers: [{ name: 'Subject', value: 'Voilà' }] });
  });

  test('knows no other message', async () => {
    const { api } = setUpGmail();
    expect((await api('GET /messages/19ab00000000ffff')).status).toBe(404);
    expect(refusalOf(await api('GET /messages/not-hex'))).toMatchObject({
      status: 400,
      message: 'Invalid id value',
    });
  });
});

describe('messages.list', () => {
  test('gives ids, newest first, in pages of at most 500', async () => {
    const { api, gmail, sandbox } = setUpGmail();
    for (let index = 0; index < 5; index += 1) {
      gmail.receive(mail({ From: FRIEND, Subject: `Number ${index}` }));
      sandbox.clock.advance(1000);
    }
    const expected = gmail
      .messages()
      .map(({ id, threadId }) => ({ id, threadId }))
      .toReversed();
    const seen: unknown[] = [];
    let path = 'GET /messages?maxResults=2';
    for (let page = 0; page < 3; page += 1) {
      const answer = fieldsOf((await api(path)).json);
      seen.push(...listOf(answer['messages']));
      expect('nextPageToken' in answer).toBe(page < 2);
      path = `GET /messages?maxResults=2&pageToken=${answer['nextPageToken']}`;
    }
    expect(seen).toEqual(expected);
    expect((await api('GET /messages?maxResults=501')).status).toBe(400);
  });

  test.each([
    ['from:kim', ['red']],
    ['to:ADA subject:blue', ['blue']],
    ['rfc822msgid:<red@example.org>', ['red']],
    ['rfc822msgid:blue@example.org', ['blue']],
    ['is:unread', ['blue', 'red']],
    ['is:read', []],
    ['-from:kim', ['blue']],
    ['"sky above"', ['blue']],
    ['has:attachment', []],
    ['in:trash', ['green']],
    ['in:anywhere', ['green', 'blue', 'red']],
    ['before:2026/11/22', []],
    [`after:${Date.UTC(2026, 10, 22, 10) / 1000 + 1}`, ['blue']],
  ])('finds by %s', async (query, subjects) => {
    const { api, gmail, sandbox } = setUpGmail();
    gmail.receive(mail({ From: FRIEND, Subject: 'red', 'Message-ID': '<red@example.org>' }));
    sandbox.clock.advance(1000);
    gmail.receive(mail({ To: ADA, Subject: 'blue', 'Message-ID': '<blue@example.org>' }, 'The sky\r\nabove'));
    sandbox.clock.advance(1000);
    const { id } = gmail.receive(mail({ From: FRIEND, Subject: 'green' }));
    gmail.changeLabels(id, { add: ['TRASH'], remove: ['INBOX', 'UNREAD'] });
    const { json } = await api(`GET /messages?q=${encodeURIComponent(query)}`);
    const found = listOf(fieldsOf(json)['messages']).map((one) => {
      const message = gmail.messages().find((other) => other.id === textOf(one, 'id'));
      return /Subject: (\w+)/.exec(Buffer.from(message?.raw ?? []).toString())?.[1];
    });
    expect(found).toEqual(subjects);
  });

  test('leaves spam and the bin out unless they are asked for, and takes all labels together', async () => {
    const { api, gmail } = setUpGmail();
    const { id } = gmail.receive(mail({ From: FRIEND }));
    const binned = gmail.receive(mail({ From: FRIEND }));
    gmail.changeLabels(binned.id, { add: ['TRASH'] });
    const idsOf = async (query: string): Promise<string[]> =>
      listOf(fieldsOf((await api(`GET /messages?${query}`)).json)['messages']).map((one) =>
        textOf(one, 'id'),
      );
    expect(await idsOf('')).toEqual([id]);
    expect(await idsOf('includeSpamTrash=true')).toHaveLength(2);
    expect(await idsOf('labelIds=TRASH')).toEqual([binned.id]);
    expect(await idsOf('labelIds=INBOX&labelIds=SENT')).toEqual([]);
  });
});

describe('the mailbox', () => {
  test('has a profile and the system labels', async () => {
    const { api, gmail } = setUpGmail();
    const { historyId } = gmail.receive(mail({ From: FRIEND }));
    expect((await api('GET /profile')).json).toEqual({
      emailAddress: ADA,
      messagesTotal: 1,
      threadsTotal: 1,
      historyId,
    });
    const labels = listOf(fieldsOf((await api('GET /labels')).json)['labels']);
    expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' });
    expect(labels).toHaveLength(14);
  });
});
