import { describe, expect, test } from 'vitest';
import { type ApiAnswer, fieldsOf, readAnswer } from '../support.ts';
import type { CallApi } from '../ticktick/support.ts';
import { calls } from './gmail-calls.ts';
import {
  ADA,
  FRIEND,
  gmailApi,
  gmailScope,
  GRACE,
  HOST,
  mail,
  raw,
  refusalOf,
  sendRaw,
  setUpGmail,
} from './gmail-support.ts';

const drafts = ['create', 'update', 'delete', 'get', 'list', 'send'].map((name) => `drafts.${name}`);
const READING = [
  'watch',
  'stop',
  'labels.get',
  'labels.list',
  'history.list',
  'messages.get',
  'messages.list',
  'threads.get',
  'threads.list',
];

/** Only `https://mail.google.com/` deletes for good. */
const FOR_GOOD = new Set(['messages.delete', 'messages.batchDelete', 'threads.delete']);

/** Settings, read. */
const SETTINGS = Object.keys(calls).filter((id) => /^settings\.(get|.*\.(get|list)$)/.test(id));

describe('scopes', () => {
  test.each([
    ['compose', ['getProfile', ...drafts, 'messages.send']],
    ['send', ['messages.send']],
    ['metadata', ['getProfile', ...READING]],
    [
      'readonly',
      ['getProfile', ...READING, 'drafts.get', 'drafts.list', 'messages.attachments.get', ...SETTINGS],
    ],
    [
      'modify',
      [...Object.keys(calls).filter((id) => !id.startsWith('settings') && !FOR_GOOD.has(id)), ...SETTINGS],
    ],
    ['labels', Object.keys(calls).filter((id) => id.startsWith('labels.'))],
  ])('gmail.%s allows what the discovery document says', async (scope, allowed) => {
    const { sandbox } = setUpGmail();
    const api = gmailApi(sandbox, [gmailScope(scope)]);
    const seen: string[] = [];
    for (const [method, call] of Object.entries(calls)) {
      const answer = await call(api);
      if (answer.status !== 403) seen.push(method);
      else expect(refusalOf(answer)).toMatchObject({ reason: 'insufficientPermissions' });
    }
    expect(seen.toSorted()).toEqual(allowed.toSorted());
  });

  test('gmail.metadata alone shows no body and does not search', async () => {
    const { sandbox, gmail } = setUpGmail();
    const { id } = gmail.receive(mail({ From: FRIEND }));
    const api = gmailApi(sandbox, [gmailScope('metadata')]);
    expect(refusalOf(await api(`GET /messages/${id}`))).toMatchObject({
      status: 403,
      message: "Metadata scope doesn't allow format FULL",
    });
    expect(refusalOf(await api(`GET /threads/${id}?format=full`))).toMatchObject({ status: 403 });
    expect((await api(`GET /messages/${id}?format=metadata`)).status).toBe(200);
    for (const list of ['messages', 'threads']) {
      expect(refusalOf(await api(`GET /${list}?q=x`))).toMatchObject({
        status: 403,
        message: "Metadata scope does not support 'q' parameter",
      });
    }
    const both = gmailApi(sandbox, [gmailScope('metadata'), gmailScope('readonly')]);
    expect((await both(`GET /messages/${id}`)).status).toBe(200);
  });
});

describe('a mailbox', () => {
  test("is open to its own account's token only: me, or the address", async () => {
    const { sandbox } = setUpGmail();
    const { accessToken } = sandbox.google.issueToken({ account: ADA, scopes: [gmailScope('modify')] });
    const profile = async (userId: string): Promise<ApiAnswer> => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return readAnswer(
        await sandbox.fetch(`${HOST}/gmail/v1/users/${encodeURIComponent(userId)}/profile`, { headers }),
      );
    };
    for (const userId of ['me', ADA, 'Ada@Example.com']) {
      expect((await profile(userId)).json).toMatchObject({ emailAddress: ADA });
    }
    expect(refusalOf(await profile(GRACE))).toEqual({
      status: 403,
      reason: 'forbidden',
      message: `Delegation denied for ${ADA}`,
    });
  });
});

describe('the quota', () => {
  test('is 6,000 units a minute for each user: 60 mails, or 300 reads; the refusal has its time in the text', async () => {
    const { sandbox, gmail } = setUpGmail({ quotas: {} });
    const { id } = gmail.receive(mail({ From: FRIEND }));
    const api = gmailApi(sandbox);
    for (let index = 0; index < 30; index += 1)
      expect((await sendRaw(api, mail({ To: FRIEND }))).status).toBe(200);
    sandbox.clock.advance(20_000);
    for (let index = 0; index < 150; index += 1) {
      expect((await api(`GET /messages/${id}?format=minimal`)).status).toBe(200);
    }
    const { status, json, headers } = await api('GET /profile');
    expect({ status, json }).toEqual({
      status: 403,
      json: {
        error: {
          code: 403,
          message: 'User-rate limit exceeded.  Retry after 2026-11-22T10:01:00.000Z',
          errors: [
            { message: 'User-rate limit exceeded.', domain: 'usageLimits', reason: 'rateLimitExceeded' },
          ],
          status: 'PERMISSION_DENIED',
        },
      },
    });
    expect(headers.get('retry-after')).toBeNull();
    expect((await gmailApi(sandbox, [gmailScope('modify')], GRACE)('GET /profile')).status).toBe(200);
    sandbox.clock.advance(40_000);
    expect((await api('GET /profile')).status).toBe(200);
  });

  test.each([
    ['messages.send', 100, (api: CallApi) => sendRaw(api, mail({ To: FRIEND }))],
    [
      'drafts.create',
      10,
      (api: CallApi) => api('POST /drafts', { message: { raw: raw(mail({ To: FRIEND })) } }),
    ],
    ['drafts.list', 5, (api: CallApi) => api('GET /drafts')],
    ['messages.list', 5, (api: CallApi) => api('GET /messages')],
    ['threads.list', 10, (api: CallApi) => api('GET /threads')],
    ['labels.list', 1, (api: CallApi) => api('GET /labels')],
    ['stop', 50, (api: CallApi) => api('POST /stop')],
  ] as const)('%s costs %i units', async (_, units, call) => {
    for (const [limit, passes] of [
      [units, true],
      [units - 1, false],
    ] as const) {
      const { api } = setUpGmail({ quotas: { gmail: [{ limit, intervalMs: 60_000 }] } });
      expect((await call(api)).status < 300).toBe(passes);
    }
  });

  test('can be refused as 429, and by any reason that a test plans', async () => {
    const { api, sandbox } = setUpGmail({
      quotas: { gmail: [{ limit: 0, intervalMs: 60_000 }] },
      refusal: '429',
    });
    expect(refusalOf(await api('GET /profile'))).toMatchObject({ status: 429, reason: 'rateLimitExceeded' });
    expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['gmail.users.getProfile']);
    const other = setUpGmail();
    other.sandbox.google.failNext({ reason: 'failedPrecondition', method: 'gmail.users.messages.send' });
    expect((await other.api('GET /profile')).status).toBe(200);
    expect(refusalOf(await sendRaw(other.api, mail({ To: FRIEND })))).toMatchObject({
      reason: 'failedPrecondition',
    });
    expect(other.gmail.messages()).toEqual([]);
    expect(fieldsOf((await sendRaw(other.api, mail({ To: FRIEND }))).json)).toHaveProperty('id');
  });
});
