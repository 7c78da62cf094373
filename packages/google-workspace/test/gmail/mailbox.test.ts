import { parseGmailPush } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const TOPIC_NAME = 'projects/demo/topics/mail';
const MAIL = 'From: a@example.net\nTo: ada@example.com\nSubject: tide\n\nx';

test('the profile tells whose mailbox it is and where it stands', async () => {
  const { gmail } = await server.start({ scopes: ['https://www.googleapis.com/auth/gmail.compose'] });
  const { emailAddress, historyId } = await gmail.profile.get();
  expect(emailAddress).toBe('ada@example.com');
  expect(historyId).toMatch(/^\d+$/);
});

test('changes go on from a state, over pages, and give the state to go on from', async () => {
  const { sandbox, gmail } = await server.start();
  const { historyId } = await gmail.profile.get();
  const user = sandbox.google.testUser();
  const received = Array.from({ length: 3 }, () => user.gmail.receive(MAIL));
  user.gmail.changeLabels(received[0]?.id ?? '', { remove: ['UNREAD'] });
  user.gmail.deleteMessage(received[1]?.id ?? '');

  const changed = await gmail.mailbox.changes(historyId);
  if (changed.expired) throw new Error('The state is not old.');
  expect(
    changed.changes.flatMap(({ messagesAdded = [] }) => messagesAdded.map(({ message }) => message.id)),
  ).toEqual(received.map(({ id }) => id));
  expect(
    changed.changes.flatMap(({ labelsRemoved = [] }) => labelsRemoved.flatMap(({ labelIds }) => labelIds)),
  ).toEqual(['UNREAD']);
  expect(changed.changes.flatMap(({ messagesDeleted = [] }) => messagesDeleted)).toHaveLength(1);
  expect(await gmail.mailbox.changes(changed.historyId)).toEqual({
    expired: false,
    changes: [],
    historyId: changed.historyId,
  });

  const deleted = await gmail.mailbox.changes(historyId, {
    historyTypes: ['messageDeleted'],
    labelId: 'INBOX',
  });
  expect(deleted).toMatchObject({ expired: false, changes: [{}] });
});

test('more changes than a page holds come all, once, with the state of the first page', async () => {
  const { sandbox, gmail } = await server.start();
  const { historyId } = await gmail.profile.get();
  const user = sandbox.google.testUser();
  for (let count = 0; count < 501; count += 1) user.gmail.receive(MAIL);
  sandbox.clearRequests();
  const changed = await gmail.mailbox.changes(historyId);
  if (changed.expired) throw new Error('The state is not old.');
  expect(new Set(changed.changes.map(({ id }) => id)).size).toBe(501);
  expect(sandbox.requests).toHaveLength(2);
});

test('a state that Google has forgotten is expired, with the one to go on from after listing anew', async () => {
  const { sandbox, gmail } = await server.start();
  const { historyId } = await gmail.profile.get();
  const user = sandbox.google.testUser();
  user.gmail.receive(MAIL);
  user.gmail.expireHistory();
  const changed = await gmail.mailbox.changes(historyId);
  expect(changed).toEqual({ expired: true, historyId: (await gmail.profile.get()).historyId });
  user.gmail.receive(MAIL);
  expect(await gmail.mailbox.changes(changed.historyId)).toMatchObject({ expired: false, changes: [{}] });
});

test('a watch tells a topic, and its push leads to the change', async () => {
  const startedAt = Date.now();
  const deliveries: Request[] = [];
  const { sandbox, gmail } = await server.start({
    sandbox: {
      clock: { now: () => startedAt },
      google: {
        deliver: async (url, init) => {
          deliveries.push(new Request(url, init));
          return new Response(null, { status: 204 });
        },
      },
    },
  });
  const url = 'https://host.example/webhooks/google/gmail';
  const serviceAccount = 'push@demo.iam.gserviceaccount.com';
  sandbox.google.pubsub.subscribe({ topic: TOPIC_NAME, url, serviceAccount });
  const watch = await gmail.mailbox.watch({
    topicName: TOPIC_NAME,
    labelIds: ['INBOX'],
    labelFilterBehavior: 'include',
  });
  expect(watch.expiration).toBe(startedAt + 7 * 86_400_000);

  const { id } = sandbox.google.testUser().gmail.receive(MAIL);
  await sandbox.google.push.settled();
  const [delivery] = deliveries;
  if (delivery === undefined) throw new Error('Nothing was delivered.');
  const event = await parseGmailPush(delivery, { audience: url, serviceAccount, fetch: sandbox.fetch });
  expect(event).toMatchObject({
    source: 'gmail',
    type: 'mailbox.changed',
    verified: true,
    data: {
      emailAddress: 'ada@example.com',
      subscription: expect.stringContaining('projects/demo/') as string,
    },
  });
  expect(BigInt(event.data.historyId)).toBeGreaterThan(BigInt(watch.historyId));
  expect(await gmail.mailbox.changes(watch.historyId)).toMatchObject({
    changes: [{ messagesAdded: [{ message: { id } }] }],
    historyId: event.data.historyId,
  });

  await gmail.mailbox.stop();
  sandbox.google.testUser().gmail.receive(MAIL);
  await sandbox.google.push.settled();
  expect(deliveries).toHaveLength(1);
});

const wrong: [field: string, input: unknown][] = [
  ['watch', undefined],
  ['topicName', {}],
  ['topicName', { topicName: 'mail' }],
  ['labelIds[0]', { topicName: TOPIC_NAME, labelIds: [7] }],
  ['labelFilterBehavior', { topicName: TOPIC_NAME, labelFilterBehavior: 'INCLUDE' }],
];

test.each(wrong)('a watch with a wrong %s is refused', async (field, input) => {
  const { sandbox, gmail } = await server.start();
  expect(await failure(gmail.mailbox.watch(input as { topicName: string }))).toMatchObject({ field });
  expect(sandbox.requests).toEqual([]);
});

test.each(['', '12a', '-1', 12, '123456789012345678901'])('%j is no state of a mailbox', async (id) => {
  const { gmail } = await server.start();
  expect(await failure(gmail.mailbox.changes(id as string))).toMatchObject({ field: 'startHistoryId' });
  const historyTypes = ['added'] as never;
  expect(await failure(gmail.mailbox.changes('1', { historyTypes }))).toMatchObject({
    field: 'historyTypes[0]',
  });
});
