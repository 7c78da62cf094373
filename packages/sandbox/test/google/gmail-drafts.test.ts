import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, textOf } from '../support.ts';
import type { CallApi } from '../ticktick/support.ts';
import {
  ADA,
  FRIEND,
  gmailApi,
  gmailScope,
  GRACE,
  mail,
  onlyText,
  padded,
  raw,
  refusalOf,
  setUpGmail,
} from './gmail-support.ts';

const MISSING = { status: 404, reason: 'notFound', message: 'Requested entity was not found.' };

function create(
  api: CallApi,
  source: string = mail({ To: FRIEND, Subject: 'Plan' }, 'one'),
): Promise<string> {
  return api('POST /drafts', { message: { raw: raw(source) } }).then(({ json }) => idOf(json));
}

describe('a draft', () => {
  test('is created without a recipient, under a label of its own', async () => {
    const { api, gmail } = setUpGmail();
    const { status, json } = await api('POST /drafts', { message: { raw: raw(mail({ Subject: 'x' })) } });
    const { message } = fieldsOf(json);
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        id: expect.stringMatching(/^r-?\d+$/),
        message: {
          id: expect.stringMatching(/^[0-9a-f]{16}$/),
          threadId: idOf(message),
          labelIds: ['DRAFT'],
        },
      },
    });
    expect(gmail.drafts()).toEqual([{ id: idOf(json), message: gmail.messages()[0] }]);
  });

  test('keeps its id when it is replaced, and gets a new message', async () => {
    const { api, gmail } = setUpGmail();
    const id = await create(api);
    const [before] = gmail.messages();
    const { json } = await api(`PUT /drafts/${id}`, { message: { raw: raw(mail({ To: FRIEND }, 'two')) } });
    expect(idOf(json)).toBe(id);
    const [after] = gmail.messages();
    expect(gmail.messages()).toHaveLength(1);
    expect(after?.id).not.toBe(before?.id);
    expect(onlyText(gmail.messages())).toMatch(/\r\n\r\ntwo$/);
    expect((await api(`GET /messages/${before?.id}`)).status).toBe(404);
  });

  test('is sent once: the draft goes, a mail in SENT with a new id comes, a second time is 404', async () => {
    const { api, gmail, sandbox } = setUpGmail();
    const id = await create(api, mail({ To: FRIEND, Bcc: GRACE }, 'one'));
    const [draft] = gmail.messages();
    const { status, json } = await api('POST /drafts/send', { id });
    expect({ status, json }).toEqual({
      status: 200,
      json: { id: expect.any(String), threadId: draft?.threadId, labelIds: ['SENT'] },
    });
    expect(idOf(json)).not.toBe(draft?.id);
    expect(gmail.drafts()).toEqual([]);
    expect(gmail.messages().map((message) => message.id)).toEqual([idOf(json)]);
    expect(Buffer.from(gmail.messages()[0]?.raw ?? [])).toEqual(Buffer.from(draft?.raw ?? []));
    expect(sandbox.google.testUser(GRACE).gmail.messages()).toHaveLength(1);
    expect(refusalOf(await api('POST /drafts/send', { id }))).toEqual(MISSING);
    expect(sandbox.google.testUser(GRACE).gmail.messages()).toHaveLength(1);
  });

  test('is replaced first when it is sent with a mail', async () => {
    const { api, gmail } = setUpGmail();
    const id = await create(api);
    await api('POST /drafts/send', { id, message: { raw: raw(mail({ To: FRIEND }, 'two')) } });
    expect(onlyText(gmail.messages())).toMatch(/\r\n\r\ntwo$/);
  });

  test('stays when it has no recipient to be sent to', async () => {
    const { api, gmail } = setUpGmail();
    const id = await create(api, mail({ Subject: 'x' }));
    expect(refusalOf(await api('POST /drafts/send', { id }))).toEqual({
      status: 400,
      reason: 'invalidArgument',
      message: 'Recipient address required',
    });
    expect(gmail.drafts()).toHaveLength(1);
  });

  test('is deleted for good, with an empty 204', async () => {
    const { api, gmail } = setUpGmail();
    const id = await create(api);
    const { status, text } = await api(`DELETE /drafts/${id}`);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(gmail.messages()).toEqual([]);
    for (const answer of [
      await api(`DELETE /drafts/${id}`),
      await api(`GET /drafts/${id}`),
      await api(`PUT /drafts/${id}`, { message: { raw: raw(mail({ To: FRIEND })) } }),
      await api('POST /drafts/send', { id }),
    ]) {
      expect(refusalOf(answer)).toEqual(MISSING);
    }
  });

  test('is read in every format, full by default, also with gmail.compose alone', async () => {
    const { sandbox } = setUpGmail();
    const api = gmailApi(sandbox, [gmailScope('compose')]);
    const id = await create(api);
    const full = await api(`GET /drafts/${id}`);
    expect(full.json).toEqual({
      id,
      message: expect.objectContaining({
        snippet: 'one',
        payload: expect.objectContaining({ mimeType: 'text/plain', body: { size: 3, data: padded('one') } }),
      }),
    });
    const source = textOf(fieldsOf((await api(`GET /drafts/${id}?format=raw`)).json)['message'], 'raw');
    expect(Buffer.from(source, 'base64url').toString()).toContain(`From: ${ADA}\r\n`);
    const minimal = fieldsOf(fieldsOf((await api(`GET /drafts/${id}?format=minimal`)).json)['message']);
    expect(minimal).not.toHaveProperty('payload');
    expect((await api(`GET /drafts/${id}?format=huge`)).status).toBe(400);
  });

  test('is listed with ids only, newest first, in pages, by a query', async () => {
    const { api, sandbox } = setUpGmail();
    expect((await api('GET /drafts')).json).toEqual({ resultSizeEstimate: 0 });
    const ids: string[] = [];
    for (const subject of ['red', 'green', 'blue']) {
      ids.unshift(await create(api, mail({ To: FRIEND, Subject: subject })));
      sandbox.clock.advance(1000);
    }
    const first = fieldsOf((await api('GET /drafts?maxResults=2')).json);
    expect(first).toEqual({
      drafts: ids
        .slice(0, 2)
        .map((id) => ({ id, message: { id: expect.any(String), threadId: expect.any(String) } })),
      nextPageToken: expect.any(String),
      resultSizeEstimate: 3,
    });
    const second = await api(`GET /drafts?maxResults=2&pageToken=${first['nextPageToken']}`);
    expect(second.json).toEqual({ drafts: [expect.objectContaining({ id: ids[2] })], resultSizeEstimate: 3 });
    expect((await api('GET /drafts?q=subject:green')).json).toMatchObject({ drafts: [{ id: ids[1] }] });
    expect((await api('GET /drafts?maxResults=501')).status).toBe(400);
    expect((await api('GET /drafts?pageToken=next')).status).toBe(400);
  });

  test('needs a mail', async () => {
    const { api } = setUpGmail();
    const id = await create(api);
    for (const [route, body] of [
      ['POST /drafts', {}],
      ['POST /drafts', { message: {} }],
      [`PUT /drafts/${id}`, { message: { threadId: 'a1' } }],
    ] as const) {
      expect(refusalOf(await api(route, body))).toEqual({
        status: 400,
        reason: 'invalidArgument',
        message: 'Missing draft message',
      });
    }
    expect(refusalOf(await api('POST /drafts/send', {}))).toMatchObject({
      status: 400,
      message: 'Missing draft id',
    });
  });
});
