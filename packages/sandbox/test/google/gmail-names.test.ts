import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import { FRIEND, mail, raw, refusalOf, setUpGmail } from './gmail-support.ts';

/*
 * What its discovery document doesn't know, Gmail refuses, where Calendar passes over it: google-api-nodejs-client#1991 and
 * google-api-javascript-client#517.
 */

const source = mail({ To: FRIEND, Subject: 'Hello' }, 'body');

describe('a name that Gmail does not know', () => {
  test.each([
    [
      'in the query',
      'GET /messages?unread=true',
      undefined,
      'Unknown name "unread": Cannot bind query parameter',
    ],
    ['in the query of another method', 'GET /labels?maxResults=5', undefined, 'Unknown name "maxResults"'],
    [
      'in a body',
      'POST /messages/send',
      { raw: raw(source), threadID: '1' },
      'Unknown name "threadID": Cannot find field.',
    ],
    [
      'further down',
      'POST /drafts',
      { message: { body: 'x' } },
      `Unknown name "body" at 'message': Cannot find field.`,
    ],
    [
      'in a list',
      'POST /drafts',
      { message: { payload: { headers: [{ key: 'To' }] } } },
      `"key" at 'message.payload.headers.0'`,
    ],
    [
      'in a mask',
      'GET /messages?fields=messages(id,subject)',
      undefined,
      'Request contains an invalid argument.',
    ],
  ])('is refused: %s', async (_, route, body, words) => {
    const { api, gmail } = setUpGmail();
    const answer = await api(route, body);
    expect(refusalOf(answer)).toMatchObject({ status: 400, message: expect.stringContaining(words) });
    expect(answer.json).toMatchObject({
      error: { status: 'INVALID_ARGUMENT', details: [{ fieldViolations: [{}] }] },
    });
    expect([...gmail.messages(), ...gmail.drafts()]).toEqual([]);
  });

  test('is named by its path in a mask', async () => {
    const { api } = setUpGmail();
    const { text } = await api('GET /messages?fields=messages(id,subject)');
    expect(text).toContain("Cannot find matching fields for path 'messages.subject'.");
  });
});

test('masks of any depth, common parameters and names of Protocol Buffers are taken', async () => {
  const { api, gmail } = setUpGmail();
  const { id } = gmail.receive(mail({ From: FRIEND, Subject: 'Hello' }));
  const { json } = await api(
    `GET /messages/${id}?fields=id,payload(parts(parts(headers/name)),mimeType)&alt=json&prettyPrint=false`,
  );
  expect(json).toEqual({ id, payload: { mimeType: 'text/plain' } });
  expect((await api('GET /messages?max_results=5')).status).toBe(200);
  expect(idOf((await api('POST /drafts', { message: { raw: raw(source) } })).json)).toMatch(/^r/);
});
