import { AdoClient, parseAdoWebhook, personalAccessToken, readIdentity } from '@context-sdk/ado-client';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { FakeItem } from '../support/fake-item.ts';

/** A pattern that looks to the end from each of them takes minutes, and the test its time limit. */
const MANY = 300_000;

test.each([
  ['blanks', `Jamal${' '.repeat(MANY)}Hartnett`],
  ['blanks before a mail', `Jamal${' '.repeat(MANY)}Hartnett <j@a.example`],
  ['brackets', `Jamal ${'<'.repeat(MANY)}`],
])('the name of a person with many %s is read in one go', (_what, name) => {
  expect(readIdentity(name)).toEqual({ displayName: name });
});

test.each([
  ['Jamal <x> <j@a.example>', 'Jamal <x>', 'j@a.example'],
  ['  <j@a.example> ', 'j@a.example', 'j@a.example'],
  ['Jamal<j@a.example>', 'Jamal', 'j@a.example'],
])('%j is a person with a mail', (text, displayName, uniqueName) => {
  expect(readIdentity(text)).toMatchObject({ displayName, uniqueName });
});

test('the URL of a delivery’s organization with many slashes is read in one go', () => {
  const baseUrl = `https://dev.azure.com/${'/'.repeat(MANY)}fabrikam//`;
  const event = parseAdoWebhook({
    subscriptionId: 's',
    notificationId: 3,
    id: 'i',
    publisherId: 'tfs',
    eventType: 'workitem.created',
    resource: { id: 9 },
    resourceContainers: { collection: { id: 'c', baseUrl } },
  });
  expect(event.data).toMatchObject({ organizationUrl: baseUrl.slice(0, -2) });
});

test('the URL of an organization with many slashes is read in one go', () => {
  const organizationUrl = `https://devops.example/${'/'.repeat(MANY)}tfs//`;
  const auth = personalAccessToken('a'.repeat(52));
  const client = new AdoClient({ organizationUrl, allowedHosts: ['devops.example'], auth });
  expect(client.organizationUrl).toBe(organizationUrl.slice(0, -2));
});

test('what the service says is searched in one go', async () => {
  const message = 'Rule Error for field '.repeat(MANY / 20);
  const { client } = clientOf(() => Response.json({ message }, { status: 400 }));
  expect(await failure(client.workItems.create({ type: 'Task', title: 'x', project: 'p' }))).toMatchObject({
    code: 'invalid_request',
  });
});

test('markup that never ends is compared in one go after a lost response', async () => {
  const item = new FakeItem();
  const description = '<a '.repeat(MANY / 3);
  let isLost = false;
  const { client } = clientOf((request) => {
    const answer = item.answer(request);
    if (request.method !== 'PATCH' || isLost) return answer;
    isLost = true;
    // As the service trims it.
    item.fields['System.Description'] = description.trim();
    const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    throw new TypeError('fetch failed', { cause });
  });
  await client.workItems.update(7, { description }, { ifRev: 1 });
  expect(item.rev).toBe(2);
});
