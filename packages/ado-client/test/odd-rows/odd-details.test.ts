import { type AdoClient, wiql } from '@context-sdk/ado-client';
import { ContextSdkError } from '@context-sdk/oauth-core';
import { damaged, type SentRequest } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

const URL_OF = 'https://dev.azure.com/fabrikam/_apis/wit/workItems/8';
const ITEM = {
  id: 7,
  rev: 1,
  url: 'https://dev.azure.com/fabrikam/_apis/wit/workItems/7',
  fields: { 'System.Title': 'x', 'System.TeamProject': 'Fabrikam' },
  relations: [{ rel: 'System.LinkTypes.Related', url: URL_OF, attributes: { comment: 'c' } }],
};
const LINK = { rel: 'System.LinkTypes.Related', id: 8 };
const BOARD = {
  id: 'b',
  name: 'Stories',
  columns: [{ id: 'c', name: 'New' }],
  rows: [{ id: 'r', name: 'Fast' }],
  fields: {
    columnField: { referenceName: 'C' },
    rowField: { referenceName: 'R' },
    doneField: { referenceName: 'D' },
  },
};
const TYPE = { name: 'Bug', transitions: { '': [{ to: 'New' }], New: [{ to: 'Active' }] } };
const TREE = { id: 1, name: 'Fabrikam', children: [{ id: 2, name: 'Web', path: '\\Fabrikam\\Area\\Web' }] };
const FIELDS = {
  value: [
    { referenceName: 'System.Title', name: 'Title', type: 'string', alwaysRequired: true, allowedValues: [] },
  ],
};
const OUTCOMES = { count: 1, value: [{ code: 200, headers: { a: 'b' }, body: JSON.stringify(ITEM) }] };

/** A response that is the same each time never shows the change: so many are given, and then the item is gone. */
const MAX_RESPONSES = 12;

interface Case {
  payload: object;
  /** The responses that stay as they are, by a part of their path. */
  others?: [part: string, body: object][];
  call(client: AdoClient): Promise<unknown>;
}

const CASES: Record<string, Case> = {
  'types.nextStates': { payload: TYPE, call: (client) => client.types.nextStates('Bug', 'New') },
  'types.check': {
    payload: FIELDS,
    others: [['classificationnodes', TREE]],
    call: (client) => client.types.check({ type: 'Bug', title: 'x', areaPath: 'Fabrikam' }),
  },
  'types.check, the trees': {
    payload: TREE,
    others: [['fields', FIELDS]],
    call: (client) => client.types.check({ type: 'Bug', title: 'x', areaPath: 'Fabrikam' }),
  },
  'boards.setColumn': {
    payload: BOARD,
    others: [['workitems', ITEM]],
    call: (client) => client.boards.setColumn(7, 'Stories', { column: 'New', row: 'Fast', isDone: true }),
  },
  'areas.find': { payload: TREE, call: (client) => client.areas.find('Web') },
  'savedQueries.run': {
    payload: { id: 'q', path: 'Shared Queries/q', wiql: 'SELECT [System.Id] FROM WorkItems' },
    others: [['_apis/wit/wiql', { workItems: [] }]],
    call: async (client) => await (await client.savedQueries.run('q')).toArray(),
  },
  'identities.me': {
    payload: { authenticatedUser: { id: 'a', properties: { Account: { $value: 'a' } } } },
    call: (client) => client.identities.me(),
  },
  'relations.remove': { payload: ITEM, call: (client) => client.relations.remove(7, LINK) },
  'relations.comment': { payload: ITEM, call: (client) => client.relations.comment(7, LINK, 'new') },
  'relations.setParent': { payload: ITEM, call: (client) => client.relations.setParent(7, 9) },
  'workItems.updateMany': {
    payload: OUTCOMES,
    call: (client) => client.workItems.updateMany([{ id: 7, changes: { title: 'y' } }]),
  },
  'workItems.query': {
    payload: { workItems: [{ id: 7 }] },
    others: [['workitemsbatch', { value: [ITEM] }]],
    call: (client) => client.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).toArray(),
  },
};

test.each(Object.entries(CASES))(
  '21: %s takes a response of which one member is absent or of another type, or says what is wrong',
  async (_, { payload, others = [], call }) => {
    const crashed: string[] = [];
    for (const { where, value } of damaged(payload)) {
      let responses = 0;
      const reply = ({ url }: SentRequest): Response =>
        ++responses > MAX_RESPONSES
          ? new Response('{}', { status: 404 })
          : Response.json(others.find(([part]) => url.href.toLowerCase().includes(part))?.[1] ?? value);
      const { client } = clientOf(reply, { project: 'Fabrikam', retry: { attempts: 1 } });
      try {
        await call(client);
      } catch (error) {
        if (!(error instanceof ContextSdkError)) crashed.push(`${where}: ${String(error)}`);
      }
    }
    expect(crashed).toEqual([]);
  },
);

test.each([null, 7, {}, { added: null, removed: 7 }, { added: [null], removed: [{ rel: null, url: null }] }])(
  '21: a history whose change of links is %j keeps no link from being removed',
  async (relations) => {
    const reply = ({ url, method }: SentRequest): unknown => {
      if (url.pathname.endsWith('/updates')) return { value: [{ id: 2, rev: 1, relations }] };
      return method === 'PATCH' ? { ...ITEM, relations: null } : ITEM;
    };
    const { client } = clientOf((request) => Response.json(reply(request)));
    await expect(client.relations.remove(7, LINK)).resolves.toMatchObject({ id: 7 });
  },
);
