import { type GmailPushEvent, parseGmailPush } from '@context-sdk/google-workspace';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';

const TOPIC = 'projects/demo/topics/gmail';
const PUSH_URL = 'https://host.example/webhooks/google/gmail';
const FRIEND = 'From: a@example.net\nTo: ada@example.com\nSubject: x\n\nbody';

/** What a host makes of the push for one new mail. `change` is what its framework does to the request. */
async function pushed(
  unwrap: 'payload' | 'metadata',
  change: (request: Request) => Promise<Parameters<typeof parseGmailPush>[0]> = async (one) => one,
): Promise<GmailPushEvent[]> {
  const requests: Request[] = [];
  const sandbox = createSandbox({
    seed: 'empty',
    google: {
      deliver: async (url, init) => {
        requests.push(new Request(url, init));
        return new Response(null, { status: 204 });
      },
    },
  });
  const { google } = sandbox;
  google.pubsub.subscribe({ topic: TOPIC, url: PUSH_URL, unwrap });
  const scopes = ['https://www.googleapis.com/auth/gmail.readonly'];
  const { accessToken } = google.issueToken({ scopes });
  await sandbox.fetch('https://gmail.googleapis.com/gmail/v1/users/me/watch', {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topicName: TOPIC }),
  });
  google.testUser().gmail.receive(FRIEND);
  await google.push.settled();
  const options = {
    audience: PUSH_URL,
    serviceAccount: 'gmail-push@demo.iam.gserviceaccount.com',
    fetch: sandbox.fetch,
  };
  return await Promise.all(requests.map(async (request) => parseGmailPush(await change(request), options)));
}

test('20.10: an unwrapped push with metadata has the id and the time of Pub/Sub', async () => {
  const [event] = await pushed('metadata');
  expect(event).toMatchObject({
    id: expect.stringMatching(/^\d+$/),
    at: expect.any(Number),
    data: {
      emailAddress: 'ada@example.com',
      historyId: expect.stringMatching(/^\d+$/),
      subscription: 'projects/demo/subscriptions/gmail-push',
    },
  });
});

test('20.10: an unwrapped push without metadata is known by mailbox and state', async () => {
  const [event] = await pushed('payload');
  expect(event?.id).toBe(`ada@example.com/${event?.data.historyId}`);
  expect(event).not.toHaveProperty('at');
  expect(event?.data).not.toHaveProperty('subscription');
});

test('20.10: a framework may have parsed the body', async () => {
  const [event] = await pushed('metadata', async (request) => ({
    headers: Object.fromEntries(request.headers),
    body: await request.json(),
  }));
  expect(event?.data.historyId).toMatch(/^\d+$/);
});

test('20.10: a state beyond JavaScript’s numbers keeps its digits', async () => {
  const [event] = await pushed('payload', async (request) => ({
    headers: request.headers,
    body: '{"emailAddress":"ada@example.com","historyId":18446744073709551615}',
  }));
  expect(event?.data.historyId).toBe('18446744073709551615');
});

test('20.10: a body that is neither wrapped nor a mailbox is refused by name', async () => {
  const odd = pushed('payload', async ({ headers }) => ({ headers, body: { emailAddress: 'a@b.example' } }));
  await expect(odd).rejects.toMatchObject({ name: 'WebhookParseError', field: 'historyId' });
});
