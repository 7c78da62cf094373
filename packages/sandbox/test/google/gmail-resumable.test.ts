import { describe, expect, test } from 'vitest';
import { idOf, readAnswer } from '../support.ts';
import { FRIEND, gmailScope, HOST, mail, onlyText, refusalOf, setUpGmail } from './gmail-support.ts';

/*
 * https://developers.google.com/workspace/gmail/api/guides/uploads#resumable. Our client always says how long a mail is and
 * sends each piece with its range, which the guide leaves to the caller.
 */

const source = mail({ To: FRIEND, Subject: 'Up' }, 'body');
const MAIL_TYPE = { 'x-upload-content-type': 'message/rfc822' };
const SEND = '/upload/gmail/v1/users/me/messages/send';

function setUp() {
  const { sandbox, gmail } = setUpGmail();
  const { accessToken } = sandbox.google.issueToken({ scopes: [gmailScope('compose')] });
  const send = (method: string, url: string, headers: Record<string, string>, body = ''): Promise<Response> =>
    sandbox.fetch(url, { method, headers: { authorization: `Bearer ${accessToken}`, ...headers }, body });
  const begin = async (headers: Record<string, string>, path = SEND): Promise<string> => {
    const response = await send('POST', `${HOST}${path}?uploadType=resumable`, headers);
    return response.headers.get('location') ?? '';
  };
  return { gmail, send, begin };
}

describe('a resumable upload', () => {
  test('takes a mail of a length that is not said, whole and without a range', async () => {
    const { gmail, send, begin } = setUp();
    const response = await send('PUT', await begin(MAIL_TYPE), { 'content-type': 'message/rfc822' }, source);
    expect(response.status).toBe(200);
    expect(onlyText(gmail.messages())).toContain('Subject: Up');
  });

  test('takes pieces before it is told how long the mail is', async () => {
    const { gmail, send, begin } = setUp();
    const url = await begin(MAIL_TYPE);
    const first = await send('PUT', url, { 'content-range': 'bytes 0-9/*' }, source.slice(0, 10));
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-9']);
    const asked = await send('PUT', url, { 'content-range': 'bytes */*' });
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-9']);
    const range = `bytes 10-${source.length - 1}/${source.length}`;
    const last = await send('PUT', url, { 'content-range': range }, source.slice(10));
    expect(last.status).toBe(200);
    expect(onlyText(gmail.messages())).toMatch(/body$/);
  });

  test('begins at the address of the discovery document, too', async () => {
    const { gmail, send, begin } = setUp();
    const url = await begin(MAIL_TYPE, '/resumable/upload/gmail/v1/users/me/drafts');
    const response = await send('PUT', url, {}, source);
    expect(idOf(await response.json())).toMatch(/^r/);
    expect(onlyText(gmail.drafts().map(({ message }) => message))).toContain('Subject: Up');
  });

  test.each([
    ['another length than before', `bytes 0-9/${source.length + 1}`],
    ['a piece that is not the next', `bytes 5-9/${source.length}`],
    ['no range', 'octets 0-9'],
  ])('refuses %s', async (_, range) => {
    const { gmail, send, begin } = setUp();
    const url = await begin({ ...MAIL_TYPE, 'x-upload-content-length': String(source.length) });
    const response = await send('PUT', url, { 'content-range': range }, source.slice(0, 10));
    expect(refusalOf(await readAnswer(response))).toMatchObject({ status: 400, reason: 'badRequest' });
    expect(gmail.messages()).toEqual([]);
  });
});
