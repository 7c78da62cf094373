import { type AdoWebhookEvent, parseAdoWebhook } from '@context-sdk/ado-client';
import { WebhookParseError } from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';
import { fixture, fixturesIn, hasFixtures, skipped, withUnknownFields } from '../support/fixtures.ts';

function parsed<T extends AdoWebhookEvent['type']>(
  body: unknown,
  type: T,
): Extract<AdoWebhookEvent, { type: T }> {
  const event = parseAdoWebhook(body);
  expect(event.type).toBe(type);
  return event as Extract<AdoWebhookEvent, { type: T }>;
}

describe.skipIf(!hasFixtures)(`recorded and documented deliveries${skipped}`, () => {
  const webhook = (name: string): unknown => fixture(`webhooks/${name}.json`);

  test.each(fixturesIn('webhooks'))('%s is read from text, bytes and JSON, with nothing lost', (name) => {
    for (const raw of [fixture(name), withUnknownFields(fixture(name))]) {
      const text = JSON.stringify(raw);
      const events = [text, `\uFEFF${text}`, new TextEncoder().encode(text), raw].map((body) =>
        parseAdoWebhook(body),
      );
      for (const event of events) expect(event).toEqual(events[0]);
      expect(events[0]?.raw).toEqual(raw);
      expect(events[0]).toMatchObject({ source: 'azure-devops', verified: false });
      expect(events[0]?.at).toBeGreaterThan(0);
    }
  });

  test.each(['created', 'deleted', 'restored', 'commented', 'updated'] as const)(
    'workitem.%s of the documentation is about item 5',
    (name) => {
      const event = parsed(webhook(`workitem.${name}`), `workitem.${name}`);
      expect(event.data.workItemId).toBe(5);
      expect(event.data.fields['System.Title']).toBe('Some great new idea!');
      expect(event.data.projectId).toBe('be9b3917-87e6-42a4-a549-2bc06a7a878f');
    },
  );

  test('an update of today: the item, the person, the organization, and what changed from what to what', () => {
    const event = parsed(webhook('workitem.updated.services-2025'), 'workitem.updated');
    expect(event).toMatchObject({
      id: '20eeb007-0000-4aad-a749-000000000001/80',
      at: Date.parse('2025-12-04T15:24:47.449Z'),
    });
    expect(event.data).toMatchObject({
      workItemId: 615,
      rev: 8,
      actor: { displayName: 'Jamal Hartnett', email: 'jamal@fabrikam.example' },
      organizationUrl: 'https://dev.azure.com/fabrikam',
      collectionId: 'aaaaaaaa-0000-0000-0000-000000000001',
      relations: { added: [], removed: [], updated: [] },
    });
    expect(event.data.changes['System.State']).toEqual({ from: 'New', to: 'Specification' });
    expect(event.data.changes['System.Rev']).toEqual({ from: 7, to: 8 });
    expect(event.data.fields['System.State']).toBe('Specification');
  });

  test('a field that was emptied has no value to come to, and messages may be null', () => {
    const event = parsed(webhook('workitem.updated.unassigned-messages-none'), 'workitem.updated');
    expect(event.data.changes['System.AssignedTo']).toEqual({
      from: 'Jamal Hartnett <jamal@fabrikam.example>',
    });
    expect(event.data).not.toHaveProperty('message');
  });

  test('a comment has its text', () => {
    const event = parsed(webhook('workitem.commented'), 'workitem.commented');
    expect(event.data.comment).toEqual({ text: 'This is a great new idea' });
    expect(event.data.actor).toEqual({ displayName: 'Jamal Hartnett' });
  });
});

const envelope = {
  subscriptionId: 's',
  notificationId: 3,
  id: 'i',
  publisherId: 'tfs',
  message: null,
  detailedMessage: null,
};

describe('deliveries with little in them', () => {
  const url = 'https://dev.azure.com/fabrikam/_apis/wit';

  test.each([
    ['workitem.created', { id: 9 }],
    ['workitem.created', { url: `${url}/workItems/9` }],
    ['workitem.deleted', { url: `${url}/recyclebin/9` }],
    ['workitem.deleted', { id: '9' }],
    ['workitem.updated', { id: 2, workItemId: 9 }],
    ['workitem.updated', { id: 2, workItemId: '9' }],
    ['workitem.updated', { id: 2, revision: { id: 9 } }],
    ['workitem.updated', { id: 2, workItemId: 0, _links: { parent: { href: `${url}/workItems/9` } } }],
    ['workitem.updated', { id: 2, url: `${url}/workItems/9/updates/2` }],
  ] as const)('%s %j is about item 9', (eventType, resource) => {
    const event = parsed({ ...envelope, eventType, resource }, eventType);
    expect(event.data).toMatchObject({ workItemId: 9, fields: {} });
  });

  test.each([
    ['https://Fabrikam.visualstudio.com/', 'https://dev.azure.com/Fabrikam'],
    ['https://fabrikam.visualstudio.com/DefaultCollection/', 'https://dev.azure.com/fabrikam'],
    ['https://dev.azure.com/fabrikam/', 'https://dev.azure.com/fabrikam'],
    ['https://tfs.example/tfs/DefaultCollection/', 'https://tfs.example/tfs/DefaultCollection'],
  ])('21: the organization %s is spelled as that of a client', (baseUrl, organizationUrl) => {
    const resourceContainers = { collection: { id: 'c', baseUrl } };
    const raw = { ...envelope, eventType: 'workitem.created', resource: { id: 9 }, resourceContainers };
    expect(parsed(raw, 'workitem.created').data.organizationUrl).toBe(organizationUrl);
  });

  test('an update of links alone has no fields', () => {
    const added = [{ rel: 'System.LinkTypes.Related', url: `${url}/workItems/1` }];
    const resource = { id: 2, workItemId: 9, rev: 2, relations: { added } };
    const { data } = parsed({ ...envelope, eventType: 'workitem.updated', resource }, 'workitem.updated');
    expect(data).toMatchObject({ changes: {}, relations: { added, removed: [], updated: [] } });
  });

  test('a comment of today has its id', () => {
    const resource = {
      id: 9,
      fields: { 'System.History': '<b>x</b>' },
      commentVersionRef: { commentId: 4, version: 1 },
    };
    const { data } = parsed({ ...envelope, eventType: 'workitem.commented', resource }, 'workitem.commented');
    expect(data.comment).toEqual({ id: 4, version: 1, text: '<b>x</b>' });
  });

  test.each([
    ['git.push', { pushId: 1 }],
    ['workitem.exploded', { id: 9 }],
    ['workitem.updated', { id: 2 }],
    ['workitem.created', null],
    ['workitem.created', undefined],
  ])('%s %j is kept as unknown', (eventType, resource) => {
    const raw = { ...envelope, eventType, resource };
    expect(parseAdoWebhook(raw, { verified: true })).toEqual({
      source: 'azure-devops',
      type: 'unknown',
      event: eventType,
      id: 's/3',
      verified: true,
      data: resource,
      raw,
    });
  });

  test('without its own number a delivery has the id of the event', () => {
    expect(parseAdoWebhook({ eventType: 'x', id: 'i' }).id).toBe('i');
    expect(parseAdoWebhook({ eventType: 'x' })).not.toHaveProperty('id');
  });
});

test.each([
  ['body', 'no json'],
  ['body', ''],
  ['body', null],
  ['body', []],
  ['eventType', {}],
  ['eventType', { eventType: '' }],
  ['eventType', { eventType: 7 }],
  ['body', new Uint8Array(10 * 1024 * 1024)],
])('names %s', (field, body) => {
  expect(() => parseAdoWebhook(body)).toThrow(WebhookParseError);
  expect(() => parseAdoWebhook(body)).toThrow(expect.objectContaining({ field }) as Error);
});

describe('an odd part of a delivery costs no event', () => {
  const whole = { ...envelope, eventType: 'workitem.created', resource: { id: 9, fields: {} } };
  const parts = Object.entries({
    id: 7,
    subscriptionId: 7,
    notificationId: {},
    createdDate: 7,
    message: 'text',
    resourceContainers: 'text',
  });

  test.each(parts)('%s as %j', (name, odd) => {
    for (const value of [odd, [], null, undefined]) {
      const { data } = parsed({ ...whole, [name]: value }, 'workitem.created');
      expect(data).toMatchObject({ workItemId: 9 });
    }
  });

  test('a text of the message', () => {
    const { data } = parsed({ ...whole, message: { text: 7 } }, 'workitem.created');
    expect(data).not.toHaveProperty('message');
  });

  test('a number that comes as text tells second deliveries all the same', () => {
    expect(parsed({ ...whole, notificationId: '3' }, 'workitem.created').id).toBe('s/3');
    expect(parsed({ ...whole, id: 'i', notificationId: [] }, 'workitem.created').id).toBe('i');
  });

  test.each([7, 'text', []])('a resource %j, of which it is not known what it is about', (resource) => {
    const event = parseAdoWebhook({ ...whole, resource });
    expect(event).toMatchObject({ type: 'unknown', event: 'workitem.created', id: 's/3', data: resource });
  });
});

test('16.14: odd relations of an update cost no other, and keep no event from being recorded for another try', () => {
  const good = { rel: 'Hyperlink', url: 'https://example.org', attributes: {} };
  const relations = { added: [null, 'text', 7, [], good], removed: [undefined, good], updated: 'text' };
  const resource = { id: 2, workItemId: 9, relations };
  expect(
    parsed({ ...envelope, eventType: 'workitem.updated', resource }, 'workitem.updated').data,
  ).toMatchObject({
    relations: { added: [good], removed: [good], updated: [] },
  });
});

test.each(['60', 'Task 5', '2026-11-23T09:00:00'])(
  'a delivery that was created at %s names no time',
  (createdDate) => {
    const delivery = { ...envelope, eventType: 'workitem.other', createdDate };
    expect(parseAdoWebhook(delivery)).not.toHaveProperty('at');
  },
);
