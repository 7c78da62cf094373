import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { type ApiAnswer, fieldsOf, idOf, readAnswer } from '../support.ts';
import { gmailDiscovery, hasFixtures } from './gmail-discovery.ts';
import { FRIEND, gmailScope, HOST, mail, onlyText, raw, refusalOf, setUpGmail } from './gmail-support.ts';

const source = mail({ To: FRIEND, Subject: 'Up', 'Message-ID': '<up@example.com>' }, 'body');
const MOST_OCTETS = 36_700_160;

/** Sends a body of that type to an upload path of Ada's. */
async function upload(
  sandbox: Sandbox,
  route: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<ApiAnswer> {
  const [method = '', path = ''] = route.split(' ');
  const { accessToken } = sandbox.google.issueToken({ scopes: [gmailScope('compose')] });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': type };
  return readAnswer(
    await sandbox.fetch(`${HOST}/upload/gmail/v1/users/me${path}`, { method, headers, body }),
  );
}

function related(resource: unknown, media: string, mediaHeaders = 'Content-Type: message/rfc822'): string {
  return [
    '--edge',
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(resource),
    '--edge',
    mediaHeaders,
    '',
    media,
    '--edge--',
    '',
  ].join('\r\n');
}

const RELATED_TYPE = 'multipart/related; boundary="edge"';

describe('an upload', () => {
  test('of the mail alone sends it, creates a draft, replaces a draft', async () => {
    const { sandbox, gmail } = setUpGmail({ discovery: hasFixtures ? [gmailDiscovery()] : [] });
    const { status, json } = await upload(
      sandbox,
      'POST /messages/send?uploadType=media',
      'message/rfc822',
      source,
    );
    expect({ status, json }).toMatchObject({ status: 200, json: { labelIds: ['SENT'] } });
    expect(onlyText(gmail.messages())).toContain('Subject: Up');
    const draft = await upload(sandbox, 'POST /drafts?uploadType=media', 'message/rfc822', source);
    const path = `PUT /drafts/${idOf(draft.json)}?uploadType=media`;
    const replaced = await upload(sandbox, path, 'message/rfc822', source.replace('Up', 'Down'));
    expect(idOf(replaced.json)).toBe(idOf(draft.json));
    expect(onlyText(gmail.drafts().map(({ message }) => message))).toContain('Subject: Down');
    expect(sandbox.google.violations).toEqual([]);
  });

  test('of two parts brings the thread along, with any text in the mail, even the boundary', async () => {
    const { sandbox, gmail } = setUpGmail();
    const { threadId, id } = gmail.receive(
      mail({ From: FRIEND, Subject: 'Up', 'Message-ID': '<first@example.org>' }),
    );
    const reply = mail(
      {
        To: FRIEND,
        Subject: 'Re: Up',
        'In-Reply-To': '<first@example.org>',
        References: '<first@example.org>',
      },
      'not --edge--, but\r\n --edge',
    );
    const sent = await upload(
      sandbox,
      'POST /messages/send?uploadType=multipart',
      RELATED_TYPE,
      related({ threadId }, reply),
    );
    expect(sent.json).toMatchObject({ threadId });
    const message = gmail.messages().find((one) => one.id !== id);
    expect(Buffer.from(message?.raw ?? []).toString()).toMatch(/\r\n\r\nnot --edge--, but\r\n --edge$/);
    const draft = await upload(
      sandbox,
      'POST /drafts?uploadType=multipart',
      RELATED_TYPE,
      related({ message: { threadId } }, reply),
    );
    expect(fieldsOf(draft.json)['message']).toMatchObject({ threadId });
  });

  test('of two parts replaces a draft and sends it', async () => {
    const { sandbox, gmail } = setUpGmail();
    const draft = await upload(sandbox, 'POST /drafts?uploadType=media', 'message/rfc822', source);
    const body = related({ id: idOf(draft.json) }, source.replace('body', 'better'));
    const { status } = await upload(sandbox, 'POST /drafts/send?uploadType=multipart', RELATED_TYPE, body);
    expect(status).toBe(200);
    expect(onlyText(gmail.messages())).toMatch(/better$/);
  });

  test('may have its mail in base64', async () => {
    const { sandbox, gmail } = setUpGmail();
    const encoded = Buffer.from(source).toString('base64');
    const body = related({}, encoded, 'Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64');
    await upload(sandbox, 'POST /messages/send?uploadType=multipart', RELATED_TYPE, body);
    expect(onlyText(gmail.messages())).toMatch(/\r\n\r\nbody$/);
  });

  test.each([
    ['no upload type', '', 'message/rfc822', source, 'badRequest'],
    ['a resumable one', '?uploadType=resumable', 'message/rfc822', source, 'badRequest'],
    ['another type than message/*', '?uploadType=media', 'text/plain', source, 'badContent'],
    [
      'another type in the second part',
      '?uploadType=multipart',
      RELATED_TYPE,
      related({}, source, 'Content-Type: text/plain'),
      'badContent',
    ],
    [
      'a multipart that is not related',
      '?uploadType=multipart',
      'multipart/mixed; boundary=edge',
      related({}, source),
      'badContent',
    ],
    [
      'a missing end',
      '?uploadType=multipart',
      RELATED_TYPE,
      related({}, source).replace('--edge--', ''),
      'badRequest',
    ],
    [
      'a single part',
      '?uploadType=multipart',
      RELATED_TYPE,
      '--edge\r\nContent-Type: message/rfc822\r\n\r\n--edge--',
      'badRequest',
    ],
    [
      'a resource that is no object',
      '?uploadType=multipart',
      RELATED_TYPE,
      related([], source),
      'badRequest',
    ],
    ['a mail to nobody', '?uploadType=media', 'message/rfc822', 'To: nobody\n\nx', 'invalidArgument'],
  ])('is refused for %s', async (_, query, type, body, reason) => {
    const { sandbox, gmail } = setUpGmail();
    const answer = await upload(sandbox, `POST /messages/send${query}`, type, body);
    expect(refusalOf(answer)).toMatchObject({ status: 400, reason });
    expect(gmail.messages()).toEqual([]);
  });

  test('takes 35 MiB and not one octet more, in JSON neither', async () => {
    const { sandbox, api } = setUpGmail();
    const line = `${'x'.repeat(998)}\r\n`;
    const head = mail({ To: FRIEND });
    const largest = (head + line.repeat(Math.ceil(MOST_OCTETS / 1000))).slice(0, MOST_OCTETS - 2) + '\r\n';
    expect(largest).toHaveLength(MOST_OCTETS);
    const send = 'POST /messages/send?uploadType=media';
    expect((await upload(sandbox, send, 'message/rfc822', largest)).status).toBe(200);
    const refused = { status: 413, reason: 'uploadTooLarge' };
    expect(refusalOf(await upload(sandbox, send, 'message/rfc822', `${largest}x`))).toMatchObject(refused);
    expect(refusalOf(await api('POST /messages/send', { raw: raw(`${largest}x`) }))).toMatchObject(refused);
  });
});
