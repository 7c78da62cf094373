import { describe, expect, test } from 'vitest';
import { fieldsOf, textOf } from '../support.ts';
import {
  ADA,
  FRIEND,
  gmailApi,
  gmailScope,
  GRACE,
  mail,
  refusalOf,
  sendRaw,
  setUpGmail,
} from './gmail-support.ts';
import { dataOf, setUpPush, TOPIC } from './pubsub-support.ts';

const DAY_MS = 86_400_000;

describe('watch', () => {
  test('answers the present historyId and an end in seven days, both as strings', async () => {
    const { api, sandbox } = setUpPush();
    const { historyId } = fieldsOf((await api('GET /profile')).json);
    expect((await api('POST /watch', { topicName: TOPIC })).json).toEqual({
      historyId,
      expiration: String(sandbox.clock.now() + 7 * DAY_MS),
    });
  });

  test('needs a topic that exists and is well named', async () => {
    const { api } = setUpGmail();
    for (const topicName of [undefined, '', 'gmail', 'projects/p/topics/', 'projects/p/topics/t/x', 7]) {
      expect(refusalOf(await api('POST /watch', { topicName }))).toEqual({
        status: 400,
        reason: 'invalidArgument',
        message: 'Invalid topicName does not match projects/*/topics/*',
      });
    }
    expect(refusalOf(await api('POST /watch', { topicName: TOPIC }))).toEqual({
      status: 404,
      reason: 'notFound',
      message: `Error sending test message to Cloud PubSub ${TOPIC} : Resource not found (resource=gmail).`,
    });
  });

  test('is one for each app and mailbox: another topic needs a stop first', async () => {
    const { api, sandbox, gmail, received } = setUpPush();
    const other = 'projects/my-project/topics/other';
    sandbox.google.pubsub.subscribe({ topic: other, url: 'http://localhost:8000/other' });
    await api('POST /watch', { topicName: TOPIC });
    expect((await api('POST /watch', { topicName: TOPIC })).status).toBe(200);
    expect(refusalOf(await api('POST /watch', { topicName: other }))).toEqual({
      status: 400,
      reason: 'invalidArgument',
      message: 'Only one user push notification client allowed per developer (call /stop then try again)',
    });
    expect(await api('POST /stop')).toMatchObject({ status: 204, text: '' });
    expect((await api('POST /watch', { topicName: other })).status).toBe(200);
    gmail.receive(mail({ From: FRIEND }));
    await sandbox.google.push.settled();
    expect(received.map(({ url }) => url)).toEqual(['http://localhost:8000/other']);
  });
});

describe('a watched mailbox', () => {
  test('tells of each change: whose it is, and the new historyId, as a number', async () => {
    const { api, gmail, sandbox, received } = setUpPush();
    await api('POST /watch', { topicName: TOPIC });
    const { historyId } = gmail.receive(mail({ From: FRIEND }));
    await sendRaw(api, mail({ To: FRIEND }));
    await sandbox.google.push.settled();
    const told = received.map(dataOf);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({ emailAddress: ADA, historyId: Number(historyId) });
    const sent = gmail.messages().at(-1)?.historyId;
    expect(told).toContainEqual({ emailAddress: ADA, historyId: Number(sent) });
  });

  test.each([
    [{ labelIds: ['INBOX'] }, 2],
    [{ labelIds: ['INBOX'], labelFilterBehavior: 'include' }, 2],
    [{ labelIds: ['INBOX'], labelFilterBehavior: 'EXCLUDE' }, 1],
    [{ labelIds: ['INBOX'], labelFilterAction: 'exclude' }, 1],
    [{ labelIds: ['SENT', 'INBOX'] }, 3],
    [{ labelIds: [] }, 3],
  ])('tells only of the labels in %o', async (filter, count) => {
    const { api, gmail, sandbox, received } = setUpPush();
    await api('POST /watch', { topicName: TOPIC, ...filter });
    const { id } = gmail.receive(mail({ From: FRIEND }));
    gmail.changeLabels(id, { remove: ['INBOX'] });
    await sendRaw(api, mail({ To: FRIEND }));
    await sandbox.google.push.settled();
    expect(received).toHaveLength(count);
  });

  test('falls silent after stop, after seven days, and for changes in other mailboxes', async () => {
    const { api, gmail, sandbox, received } = setUpPush();
    const settled = async (): Promise<number> => {
      await sandbox.google.push.settled();
      return received.length;
    };
    await api('POST /watch', { topicName: TOPIC });
    sandbox.google.testUser(GRACE).gmail.receive(mail({ From: FRIEND }));
    expect(await settled()).toBe(0);
    sandbox.clock.advance(7 * DAY_MS - 1);
    gmail.receive(mail({ From: FRIEND }));
    expect(await settled()).toBe(1);
    sandbox.clock.advance(1);
    gmail.receive(mail({ From: FRIEND }));
    expect(await settled()).toBe(1);
    const renewed = gmailApi(sandbox, [gmailScope('readonly')]);
    const { json } = await renewed('POST /watch', { topicName: TOPIC });
    expect(textOf(json, 'historyId')).toBe(gmail.messages().at(-1)?.historyId);
    await renewed('POST /stop');
    gmail.receive(mail({ From: FRIEND }));
    expect(await settled()).toBe(1);
  });

  test('refuses a filter that is none', async () => {
    const { api } = setUpPush();
    for (const wrong of [{ labelIds: 'INBOX' }, { labelIds: [7] }, { labelFilterBehavior: 'some' }]) {
      expect((await api('POST /watch', { topicName: TOPIC, ...wrong })).status).toBe(400);
    }
  });
});
