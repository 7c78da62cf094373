import type { GmailClient } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
// The table is not exported: hosts see what it does, and this compares it with Google's own description.
import { GMAIL_OPERATIONS } from '../../src/gmail/operations.ts';
import { discoveryDocument, fixture, hasFixtures, skipped } from '../support/fixtures.ts';
import { clientOf } from './client-of.ts';

interface Resource {
  methods: Record<string, { httpMethod: string; path: string; scopes: string[] }>;
  resources?: Record<string, Resource>;
}

interface Document {
  rootUrl: string;
  servicePath: string;
  resources: { users: Resource };
}

const MAIL = { to: 'ada@example.org', subject: 'x' };
type Batched = 'messages.getMany' | 'threads.getMany';

const calls: Record<
  Exclude<keyof typeof GMAIL_OPERATIONS, Batched>,
  (client: GmailClient) => Promise<unknown>
> = {
  'drafts.create': (client) => client.drafts.create(MAIL),
  'drafts.delete': (client) => client.drafts.delete('i'),
  'drafts.get': (client) => client.drafts.get('i'),
  'drafts.list': (client) => client.drafts.list().toArray(),
  'drafts.send': (client) => client.drafts.send('i'),
  'drafts.update': (client) => client.drafts.update('i', MAIL),
  'labels.create': (client) => client.labels.create({ name: 'x' }),
  'labels.delete': (client) => client.labels.delete('i'),
  'labels.get': (client) => client.labels.get('i'),
  'labels.list': (client) => client.labels.list().toArray(),
  'labels.patch': (client) => client.labels.patch('i', { name: 'x' }),
  'labels.replace': (client) => client.labels.replace('i', { name: 'x' }),
  'profile.get': (client) => client.profile.get(),
  'mailbox.changes': (client) => client.mailbox.changes('1'),
  'messages.attachment': (client) => client.messages.attachment('m', 'i'),
  'messages.batchDelete': (client) => client.messages.batchDelete(['i']),
  'messages.batchModify': (client) => client.messages.batchModify(['i'], { add: ['STARRED'] }),
  'messages.delete': (client) => client.messages.delete('i'),
  'messages.import': (client) => client.messages.import(MAIL),
  'messages.insert': (client) => client.messages.insert(MAIL),
  'messages.modify': (client) => client.messages.star('i'),
  'messages.trash': (client) => client.messages.trash('i'),
  'messages.untrash': (client) => client.messages.untrash('i'),
  'settings.delegates.create': ({ settings }) => settings.delegates.create({ delegateEmail: 'a@b.example' }),
  'settings.delegates.delete': ({ settings }) => settings.delegates.delete('i'),
  'settings.delegates.get': ({ settings }) => settings.delegates.get('i'),
  'settings.delegates.list': ({ settings }) => settings.delegates.list().toArray(),
  'settings.filters.create': ({ settings }) =>
    settings.filters.create({ criteria: { from: 'x' }, action: { addLabelIds: ['x'] } }),
  'settings.filters.delete': ({ settings }) => settings.filters.delete('i'),
  'settings.filters.get': ({ settings }) => settings.filters.get('i'),
  'settings.filters.list': ({ settings }) => settings.filters.list().toArray(),
  'settings.forwardingAddresses.create': ({ settings }) =>
    settings.forwardingAddresses.create({ forwardingEmail: 'a@b.example' }),
  'settings.forwardingAddresses.delete': ({ settings }) => settings.forwardingAddresses.delete('i'),
  'settings.forwardingAddresses.get': ({ settings }) => settings.forwardingAddresses.get('i'),
  'settings.forwardingAddresses.list': ({ settings }) => settings.forwardingAddresses.list().toArray(),
  'settings.sendAs.create': ({ settings }) => settings.sendAs.create({ sendAsEmail: 'a@b.example' }),
  'settings.sendAs.delete': ({ settings }) => settings.sendAs.delete('i'),
  'settings.sendAs.get': ({ settings }) => settings.sendAs.get('i'),
  'settings.sendAs.list': ({ settings }) => settings.sendAs.list().toArray(),
  'settings.sendAs.patch': ({ settings }) => settings.sendAs.patch('i', { displayName: 'x' }),
  'settings.sendAs.verify': ({ settings }) => settings.sendAs.verify('i'),
  'settings.forwarding.get': ({ settings }) => settings.forwarding.get(),
  'settings.forwarding.update': ({ settings }) => settings.forwarding.update({}),
  'settings.imap.get': ({ settings }) => settings.imap.get(),
  'settings.imap.update': ({ settings }) => settings.imap.update({}),
  'settings.language.get': ({ settings }) => settings.language.get(),
  'settings.language.update': ({ settings }) => settings.language.update({}),
  'settings.pop.get': ({ settings }) => settings.pop.get(),
  'settings.pop.update': ({ settings }) => settings.pop.update({}),
  'settings.vacation.get': ({ settings }) => settings.vacation.get(),
  'settings.vacation.update': ({ settings }) => settings.vacation.update({}),
  'threads.delete': (client) => client.threads.delete('i'),
  'threads.list': (client) => client.threads.list().toArray(),
  'threads.modify': (client) => client.threads.star('i'),
  'threads.trash': (client) => client.threads.trash('i'),
  'threads.untrash': (client) => client.threads.untrash('i'),
  'messages.get': (client) => client.messages.get('i'),
  'messages.list': (client) => client.messages.list().toArray(),
  'messages.send': (client) => client.messages.send(MAIL),
  'mailbox.stop': (client) => client.mailbox.stop(),
  'threads.get': (client) => client.threads.get('i'),
  'mailbox.watch': (client) => client.mailbox.watch({ topicName: 'projects/p/topics/t' }),
};

const ANSWER = {
  id: 'i',
  name: 'x',
  threadId: 't',
  emailAddress: 'a@b.c',
  historyId: '1',
  expiration: '1',
  data: '',
  sendAsEmail: 'i',
};

function described(id: string): Resource['methods'][string] | undefined {
  let { users: resource } = (discoveryDocument('gmail-v1') as Document).resources;
  const parts = id.split('.').slice(1);
  for (const part of parts.slice(0, -1)) resource = resource.resources?.[part] ?? resource;
  return resource.methods[parts.at(-1) ?? ''];
}

test.skipIf(!hasFixtures).each(Object.entries(calls))(
  `%s goes where Google's discovery document says, and knows its scopes${skipped}`,
  async (name, call) => {
    const { rootUrl, servicePath } = discoveryDocument('gmail-v1') as Document;
    const { client, requests } = clientOf([ANSWER]);
    await call(client);
    const operation = GMAIL_OPERATIONS[name as keyof typeof GMAIL_OPERATIONS];
    const { path, httpMethod, scopes } = described(operation.library) ?? {};
    const filled = path
      ?.replace('{userId}', 'me')
      .replace('{messageId}', 'm')
      .replace(/\{\w+\}/, 'i');
    expect(requests).toMatchObject([{ method: httpMethod }]);
    expect(requests[0]?.url.href.split('?')[0]).toBe(`${rootUrl}${servicePath}${filled}`);
    expect(operation.scopes.toSorted()).toEqual(scopes?.toSorted());
  },
);

test('reading is no writing, and what sends or adds mail is never repeated', () => {
  const bySafety = Map.groupBy(Object.entries(GMAIL_OPERATIONS), ([, { safety }]) => safety);
  const names = (safety: 'safe' | 'idempotent' | 'unsafe') => bySafety.get(safety)?.map(([name]) => name);
  expect(names('unsafe')?.toSorted((one, other) => one.localeCompare(other))).toEqual(
    ['drafts.create', 'drafts.send', 'labels.create', 'messages.import', 'messages.insert', 'messages.send']
      .concat(
        ['delegates', 'filters', 'forwardingAddresses', 'sendAs'].map((name) => `settings.${name}.create`),
        'settings.sendAs.verify',
      )
      .toSorted((one, other) => one.localeCompare(other)),
  );
  expect(names('safe')?.filter((name) => !/get|list|attachment|changes/i.test(name))).toEqual([]);
});

test.skipIf(!hasFixtures)(`the documented answer to a watch is read${skipped}`, async () => {
  const { client } = clientOf([fixture('gmail-watch-response.json') as object]);
  expect(await client.mailbox.watch({ topicName: 'projects/p/topics/t' })).toEqual({
    historyId: '1234567890',
    expiration: 1431990098200,
  });
});

test.each(Object.entries(calls))(
  '20.scopes: %s is refused before its request if the grant lacks every scope',
  async (_, call) => {
    const auth = { getAccessToken: async () => 'token', lacks: async () => true };
    const { client, requests } = clientOf([ANSWER], { auth });
    expect(await failure(call(client))).toMatchObject({ name: 'MissingScopeError' });
    expect(requests).toEqual([]);
  },
);
