import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, listOf, textOf } from '../support.ts';
import { calls } from './gmail-calls.ts';
import {
  fixture,
  gmailDiscovery,
  hasFixtures,
  problemsOf,
  scopesByMethod,
  skipped,
} from './gmail-discovery.ts';
import { FRIEND, gmailApi, gmailScope, mail, raw, sendRaw, setUpGmail } from './gmail-support.ts';
import { decodeToken, type Received, setUpPush, TOPIC } from './pubsub-support.ts';

/** A payload reduced to its keys and the types of their values, in any order. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  const fields = Object.entries(value).map(([key, item]): [string, unknown] => [key, shapeOf(item)]);
  return Object.fromEntries(fields.toSorted(([a], [b]) => a.localeCompare(b)));
}

async function pushed(): Promise<Received> {
  const { api, gmail, sandbox, received } = setUpPush();
  await api('POST /watch', { topicName: TOPIC });
  gmail.receive(mail({ From: FRIEND }));
  await sandbox.google.push.settled();
  const [push] = received;
  if (!push) throw new Error('Nothing was pushed');
  return push;
}

describe.skipIf(!hasFixtures)(`Gmail's answers are like the fixtures${skipped}`, () => {
  test('watch', async () => {
    const { json } = await setUpPush().api('POST /watch', { topicName: TOPIC });
    expect(shapeOf(json)).toEqual(shapeOf(fixture('gmail-watch-response')));
  });

  test('the push, and its data but for the number', async () => {
    const { body } = await pushed();
    expect(shapeOf(body)).toEqual(shapeOf(fixture('gmail-pubsub-push')));
    expect(shapeOf(body)).toMatchObject(Object(shapeOf(fixture('gmail-pubsub-push-doc-minimal'))));
    const dataOf = (push: unknown): Record<string, unknown> =>
      fieldsOf(JSON.parse(Buffer.from(textOf(fieldsOf(push)['message'], 'data'), 'base64').toString()));
    expect(shapeOf({ ...dataOf(body), historyId: '' })).toEqual(
      shapeOf(dataOf(fixture('gmail-pubsub-push'))),
    );
  });

  test("the push's token", async () => {
    const { headers } = await pushed();
    const token = headers.get('authorization')?.slice('Bearer '.length) ?? '';
    expect(shapeOf(decodeToken(token))).toEqual(shapeOf(fixture('pubsub-oidc-jwt-claims')));
  });

  test('401 authError', async () => {
    const { sandbox, api } = setUpGmail();
    sandbox.google.revokeGrants();
    expect(await api('GET /profile')).toMatchObject({
      status: 401,
      json: fixture('gmail-error-401-authError'),
    });
  });

  test('403 insufficientPermissions', async () => {
    const api = gmailApi(setUpGmail().sandbox, [gmailScope('send')]);
    const json = fixture('gmail-error-403-insufficientPermissions-legacy');
    expect(await api('GET /profile')).toMatchObject({ status: 403, json });
  });

  test('403 dailyLimitExceeded', async () => {
    const { sandbox, api } = setUpGmail();
    sandbox.google.failNext({ reason: 'dailyLimitExceeded' });
    const json = fixture('gmail-error-403-dailyLimitExceeded');
    expect(await api('GET /profile')).toMatchObject({ status: 403, json });
  });

  test("403, the user's rate limit, but for the time", async () => {
    const { api } = setUpGmail({ quotas: { gmail: [{ limit: 0, intervalMs: 1000 }] } });
    const { json } = await api('GET /profile');
    const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/;
    const expected = JSON.stringify(fixture('gmail-error-403-user-rate-retry-after')).replace(time, '');
    expect(JSON.parse(JSON.stringify(json).replace(time, ''))).toEqual(JSON.parse(expected));
  });

  test('400, in its shape', async () => {
    const { json } = await sendRaw(setUpGmail().api, mail({ Subject: 'x' }));
    const { error } = fixture('gmail-error-400-badRequest');
    const entry = fieldsOf(listOf(fieldsOf(error)['errors'])[0]);
    expect(Object.keys(fieldsOf(fieldsOf(json)['error']))).toEqual(
      expect.arrayContaining(Object.keys(fieldsOf(error))),
    );
    expect(Object.keys(entry)).toEqual(
      expect.arrayContaining(Object.keys(fieldsOf(listOf(fieldsOf(fieldsOf(json)['error'])['errors'])[0]))),
    );
  });
});

describe.skipIf(!hasFixtures)(`Gmail is as the discovery document says${skipped}`, () => {
  test('lets each scope in where the document does, and nowhere else', async () => {
    const scopesOf = scopesByMethod(gmailDiscovery());
    const { sandbox } = setUpGmail();
    const scopes = new Set([...scopesOf.values()].flat().map(String));
    for (const scope of scopes) {
      const api = gmailApi(sandbox, [scope]);
      for (const [name, call] of Object.entries(calls)) {
        const allowed = scopesOf.get(`gmail.users.${name}`)?.includes(scope);
        expect([scope, name, (await call(api)).status !== 403]).toEqual([scope, name, allowed]);
      }
    }
  });

  test('answers by the schemas', async () => {
    const discovery = gmailDiscovery();
    const { sandbox, gmail, api } = setUpGmail(
      { discovery: [discovery], deliver: async () => new Response() },
      { seed: 'demo' },
    );
    sandbox.google.pubsub.subscribe({ topic: TOPIC, url: 'https://app.example.com/push' });
    const message = { raw: raw(mail({ To: FRIEND, Subject: 'x' }, 'y')) };
    const draft = idOf((await api('POST /drafts', { message })).json);
    const withFile = gmail.messages().find(({ raw: octets }) => Buffer.from(octets).includes('quote-4471'));
    const { json: full } = await api(`GET /messages/${withFile?.id}`);
    const file = fieldsOf(listOf(fieldsOf(fieldsOf(full)['payload'])['parts'])[1])['body'];
    for (const [schema, route, body] of [
      ['Profile', 'GET /profile'],
      ['WatchResponse', 'POST /watch', { topicName: TOPIC }],
      ['ListLabelsResponse', 'GET /labels'],
      ['ListHistoryResponse', 'GET /history?startHistoryId=' + (gmail.messages()[0]?.historyId ?? '')],
      ['ListDraftsResponse', 'GET /drafts'],
      ['Draft', `GET /drafts/${draft}`],
      ['Draft', `PUT /drafts/${draft}`, { message }],
      ['Message', 'POST /messages/send', message],
      ['Message', 'POST /drafts/send', { id: draft }],
      ['ListMessagesResponse', 'GET /messages?maxResults=3'],
      ['Message', `GET /messages/${withFile?.id}?format=full`],
      ['Message', `GET /messages/${withFile?.id}?format=raw`],
      ['Message', `GET /messages/${withFile?.id}?format=metadata`],
      ['Message', `GET /messages/${withFile?.id}?format=minimal`],
      ['MessagePartBody', `GET /messages/${withFile?.id}/attachments/${textOf(file, 'attachmentId')}`],
      ['ListThreadsResponse', 'GET /threads?maxResults=3'],
      ['Thread', `GET /threads/${withFile?.threadId}`],
    ] as const) {
      const { status, json } = await api(route, body);
      expect([route, status, problemsOf(json, schema, discovery)]).toEqual([route, 200, []]);
    }
    expect(sandbox.google.violations).toEqual([]);
  });
});
