import { type AdoClient, wiql } from '@context-sdk/ado-client';

const GUID = '11111111-2222-4333-8444-555555555555';
const ITEM = { id: 7, rev: 1, fields: { 'System.Title': 'x', 'System.TeamProject': 'Fabrikam' }, url: 'u' };

/** A method that lists rows. */
export interface ListCase {
  /** A row of which everything can be used. */
  row: Record<string, unknown>;
  /** The responses of the service with these rows, by a part of the path; the first that fits. */
  answers(rows: unknown[]): [part: string, body: unknown][];
  read(client: AdoClient): Promise<readonly unknown[]>;
  /** What the row becomes. Default: itself. */
  as?: unknown;
}

const values = (rows: unknown[]): [string, unknown][] => [['', { count: rows.length, value: rows }]];

const LINK = { rel: null, source: null, target: { id: 7, url: 'u' } };
const PULL_REQUEST = {
  rel: 'ArtifactLink',
  url: 'vstfs:///Git/PullRequestId/p%2Fr%2F9',
  attributes: { name: 'Pull Request' },
};
const itemsOr = (name: string, rows: unknown[]): [string, unknown][] => [
  ['workitemsbatch', { value: [ITEM] }],
  ['', { [name]: rows }],
];

/** Every list of the client. */
export const LISTS: Record<string, ListCase> = {
  'artifacts.list': {
    row: PULL_REQUEST,
    answers: (rows) => [
      ['pullrequests', { title: 'Fix', status: 'active' }],
      ['', { ...ITEM, relations: rows }],
    ],
    read: (client) => client.artifacts.list(7),
    as: { kind: 'pull-request', id: '9', title: 'Fix', state: 'active' },
  },
  'boards.list': {
    row: { id: GUID, name: 'Stories' },
    answers: values,
    read: (client) => client.boards.list(),
  },
  'boards.backlogs': {
    row: { id: 'c', name: 'Stories', rank: 1 },
    answers: values,
    read: (client) => client.boards.backlogs(),
  },
  'boards.backlogItems': {
    row: { target: { id: 7 } },
    answers: (rows) => [['', { workItems: rows }]],
    read: (client) => client.boards.backlogItems('c'),
    as: 7,
  },
  'boards.reorder': {
    row: { id: 7, order: 1.5 },
    answers: values,
    read: (client) => client.boards.reorder({ ids: [7], after: 8 }),
  },
  'comments.list': {
    row: { id: 1, workItemId: 7, version: 1, text: 'Hello' },
    answers: (rows) => [['', { comments: rows, totalCount: rows.length }]],
    read: (client) => client.comments.list(7).toArray(),
  },
  'fields.list': {
    row: { name: 'Title', referenceName: 'System.Title', type: 'string' },
    answers: values,
    read: (client) => client.fields.list(),
  },
  'history.updates': {
    row: { id: 1, workItemId: 7, rev: 1, fields: {} },
    answers: values,
    read: (client) => client.history.updates(7).toArray(),
  },
  'history.revisions': {
    row: ITEM,
    answers: values,
    read: (client) => client.history.revisions(7).toArray(),
  },
  'identities.find': {
    row: {
      id: GUID,
      providerDisplayName: 'Ada',
      properties: { Account: { $value: 'ada@fabrikam.example' } },
    },
    answers: values,
    read: (client) => client.identities.find('Ada'),
    as: {
      id: GUID,
      displayName: 'Ada',
      uniqueName: 'ada@fabrikam.example',
      email: 'ada@fabrikam.example',
    },
  },
  'iterations.list': {
    row: { id: GUID, name: 'Sprint 1', path: 'Fabrikam\\Sprint 1' },
    answers: values,
    read: (client) => client.iterations.list(),
  },
  'iterations.capacity members': {
    row: { teamMember: { id: GUID }, activities: [], daysOff: [] },
    answers: (rows) => [
      ['teamdaysoff', { daysOff: [] }],
      ['', { teamMembers: rows }],
    ],
    read: async (client) => (await client.iterations.capacity(GUID)).members,
  },
  'iterations.capacity daysOff': {
    row: { start: '2026-12-24T00:00:00Z', end: '2026-12-25T00:00:00Z' },
    answers: (rows) => [
      ['teamdaysoff', { daysOff: rows }],
      ['', { teamMembers: [] }],
    ],
    read: async (client) => (await client.iterations.capacity(GUID)).daysOff,
  },
  'iterations.workItems': {
    row: LINK,
    answers: (rows) => itemsOr('workItemRelations', rows),
    read: (client) => client.iterations.workItems(GUID),
    as: ITEM,
  },
  'projects.list': {
    row: { id: GUID, name: 'Fabrikam' },
    answers: values,
    read: (client) => client.projects.list().toArray(),
  },
  'relations.types': {
    row: { referenceName: 'System.LinkTypes.Related', name: 'Related' },
    answers: values,
    read: (client) => client.relations.types(),
  },
  'reporting.revisions': {
    row: ITEM,
    answers: (rows) => [['', { values: rows, continuationToken: 'next', isLastBatch: true }]],
    read: async (client) => {
      const read: unknown[] = [];
      for await (const { revisions } of client.reporting.revisions()) read.push(...revisions);
      return read;
    },
  },
  'savedQueries.list': {
    row: { id: GUID, name: 'Open bugs', path: 'Shared Queries/Open bugs' },
    answers: values,
    read: (client) => client.savedQueries.list(),
  },
  'savedQueries.list in a folder': {
    row: { id: GUID, name: 'Open bugs', path: 'Shared Queries/Open bugs' },
    answers: (children) =>
      values([{ id: GUID, path: 'Shared Queries', isFolder: true, hasChildren: true, children }]),
    read: (client) => client.savedQueries.list(),
  },
  'savedQueries.list far below': {
    row: { id: GUID, name: 'Open bugs', path: 'Shared Queries/Open bugs' },
    answers: (children) => [
      [`queries/${GUID}`, { children }],
      ['', { value: [{ id: GUID, path: 'Shared Queries', isFolder: true, hasChildren: true }] }],
    ],
    read: (client) => client.savedQueries.list(),
  },
  'subscriptions.list': {
    row: { id: GUID, publisherInputs: {}, consumerInputs: { url: 'https://host.example' } },
    answers: values,
    read: (client) => client.subscriptions.list(),
  },
  'tags.list': { row: { id: GUID, name: 'red' }, answers: values, read: (client) => client.tags.list() },
  'teams.list': {
    row: { id: GUID, name: 'Team' },
    answers: values,
    read: (client) => client.teams.list().toArray(),
  },
  'teams.members': {
    row: { identity: { id: GUID }, isTeamAdmin: true },
    answers: values,
    read: (client) => client.teams.members('Team'),
  },
  'templates.list': {
    row: { id: GUID, name: 'Bug', workItemTypeName: 'Bug' },
    answers: values,
    read: (client) => client.templates.list(),
  },
  'types.list': { row: { name: 'Bug', states: [] }, answers: values, read: (client) => client.types.list() },
  'types.fields': {
    row: { referenceName: 'System.Title', name: 'Title', alwaysRequired: true, allowedValues: [] },
    answers: values,
    read: (client) => client.types.fields('Bug'),
  },
  'types.states': {
    row: { name: 'New', category: 'Proposed' },
    answers: values,
    read: (client) => client.types.states('Bug'),
  },
  'areas.list': {
    row: { id: 2, name: 'Web', path: '\\Fabrikam\\Area\\Web' },
    answers: (children) => [['', { id: 1, name: 'Fabrikam', path: '\\Fabrikam\\Area', children }]],
    read: async (client) => (await client.areas.list()).slice(1),
  },
  'workItems.deleted': {
    row: { id: 7, name: 'x' },
    answers: (rows) => [
      ['ids=', { value: rows }],
      ['', { value: [{ id: 7 }] }],
    ],
    read: (client) => client.workItems.deleted().toArray(),
  },
  'workItems.deleted, the ids': {
    row: { id: 7 },
    answers: (rows) => [
      ['ids=', { value: [{ id: 7, name: 'x' }] }],
      ['', { value: rows }],
    ],
    read: (client) => client.workItems.deleted().toArray(),
    as: { id: 7, name: 'x' },
  },
  'workItems.query': {
    row: ITEM,
    answers: (rows) => [
      ['workitemsbatch', { value: rows.filter((row) => row !== null) }],
      ['', { workItems: [{ id: 7 }] }],
    ],
    read: (client) => client.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).toArray(),
  },
  'workItems.query ids': {
    row: { id: 7 },
    answers: (rows) => [['', { workItems: rows }]],
    read: (client) =>
      client.workItems
        .query(wiql`SELECT [System.Id] FROM WorkItems`)
        .ids()
        .toArray(),
    as: 7,
  },
  'workItems.query links': {
    row: LINK,
    answers: (rows) => [['', { workItemRelations: rows }]],
    read: (client) =>
      client.workItems
        .query(wiql`SELECT [System.Id] FROM WorkItemLinks`)
        .links()
        .toArray(),
    as: { target: 7 },
  },
};
