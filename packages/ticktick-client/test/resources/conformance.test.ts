import {
  hasRecordings,
  recorded,
  recordedNames,
  skipped,
  withUnknownFields,
} from '@context-sdk/test-support/recordings';
import type { TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { answering } from './answering.ts';

type Call = (client: TickTickClient) => Promise<unknown>;
type Wrap = (payload: unknown) => unknown;

const FIXTURES = 'fixtures/ticktick';
const range = { from: new Date(0), to: new Date(1), type: 0 } as const;
const TASK = { id: 'a', projectId: 'b' };
const DAYS = { habitIds: ['habit-1'], from: 20260401, to: 20260407 };

const listProjects: Call = (client) => client.projects.list();
const createProject: Call = (client) => client.projects.create({ name: 'x' });
const updateProject: Call = (client) => client.projects.update('a', { name: 'x' });
const getProject: Call = (client) => client.projects.get('a');
const createColumn: Call = (client) => client.columns.create('a', { name: 'x' });
const updateColumn: Call = (client) => client.columns.update('a', 'b', { name: 'x' });
const listFocus: Call = (client) => client.focus.list(range).toArray();

const first: Wrap = (payload) => (Array.isArray(payload) ? payload[0] : payload);
const listed: Wrap = (payload) => [payload];

/** What a payload is the answer to: of the operation it is named after, and of those that answer one item of it. */
const walk: [fixture: string, operation: string, call: Call, wrap?: Wrap][] = [
  ['documented/preference.docs.json', '#1', (client) => client.preference.get()],
  ['documented/comments.docs.json', '#16', (client) => client.comments.list(TASK)],
  ['documented/comments.docs.json', '#17', (client) => client.comments.create(TASK, { title: 'x' }), first],
  ['recorded/project-list.json', '#19', listProjects],
  ['documented/project-list.docs.json', '#19', listProjects],
  ['recorded/project-list.json', '#20', getProject, first],
  ['documented/project-list.docs.json', '#20', getProject, first],
  ['described/project-data-inbox.200.json', '#21', (client) => client.projects.data('inbox')],
  ['recorded/project-members.response.json', '#22', (client) => client.projects.members('a')],
  ['recorded/project-create.response.json', '#23', createProject],
  ['recorded/project-create.response.json', '#24', updateProject],
  ['documented/project-list.docs.json', '#24', updateProject, first],
  ['documented/column-list.docs.json', '#30', (client) => client.columns.list('a')],
  ['documented/column-list.docs.json', '#31', createColumn, first],
  ['documented/column-list.docs.json', '#32', updateColumn, first],
  ['documented/tag-list.docs.json', '#33', (client) => client.tags.list()],
  ['documented/tag-list.docs.json', '#34', (client) => client.tags.create({ name: 'x' }), first],
  ['documented/focus-get.docs.json', '#35', (client) => client.focus.get('a', { type: 0 })],
  ['documented/focus-get.docs.json', '#36', listFocus, listed],
  ['documented/focus-get.docs.json', '#37', (client) => client.focus.create({ type: 0 })],
  ['documented/focus-get.docs.json', '#38', (client) => client.focus.delete('a', { type: 0 })],
  ['documented/countdown-list.docs.json', '#39', (client) => client.countdowns.list()],
  ['documented/habit-get.docs.json', '#40', (client) => client.habits.get('a')],
  ['documented/habit-get.docs.json', '#41', (client) => client.habits.list(), listed],
  ['documented/habit-get.docs.json', '#43', (client) => client.habits.create({ name: 'x' })],
  ['documented/habit-get.docs.json', '#44', (client) => client.habits.update('a', { goal: 2 })],
  [
    'documented/habit-checkins.docs.json',
    '#45',
    (client) => client.habits.checkIn('a', { stamp: 20260407 }),
    first,
  ],
  ['documented/habit-checkins.docs.json', '#46', (client) => client.habits.checkIns(DAYS)],
];

describe.skipIf(!hasRecordings)(`the recorded and documented payloads${skipped}`, () => {
  test.each(walk)(
    '%s decodes as the answer to %s with nothing lost',
    async (name, _operation, call, wrap) => {
      const payload = wrap ? wrap(recorded(FIXTURES, name)) : recorded(FIXTURES, name);
      for (const wire of [payload, withUnknownFields(payload)]) {
        const { client, asked } = answering(JSON.stringify(wire));
        expect(await call(client)).toEqual(wire);
        expect(asked).toHaveLength(1);
      }
    },
  );

  test('focus under a name of its own decodes with nothing lost, too', async () => {
    const focus = withUnknownFields(recorded(FIXTURES, 'documented/focus-get.docs.json'));
    const { client } = answering(JSON.stringify({ focuses: [focus] }));
    expect(await listFocus(client)).toEqual([focus]);
  });

  test('a comment with times as they were recorded decodes with nothing lost', async () => {
    const comment = { id: 'a', userId: 115781412, title: 'x', createdTime: 1791578040763, modifiedTime: 0 };
    const { client } = answering(JSON.stringify([comment]));
    expect(await client.comments.list(TASK)).toEqual([comment]);
  });

  test('an unknown project is 200 and {}', async () => {
    const { client } = answering(
      JSON.stringify(recorded(FIXTURES, 'described/project-data-unknown-id.200.json')),
    );
    expect(await client.projects.findData('a')).toBeUndefined();
  });

  test('a project is created with the request that was recorded', async () => {
    const { client, asked } = answering('{"id":"a","name":"x"}');
    const request = recorded(FIXTURES, 'recorded/project-create.request.json');
    await client.projects.create(request as { name: string });
    expect(await asked[0]?.json()).toEqual(request);
  });

  test('no payload beyond tasks, tokens and errors is left out', () => {
    const names = ['recorded', 'documented', 'described'].flatMap((kind) =>
      recordedNames(FIXTURES, kind).map((file) => `${kind}/${file}`),
    );
    const others = names.filter((name) => !/\/(task-|token-|error-|empty-body|.*\.request\.)/.test(name));
    const walked = new Set(walk.map(([name]) => name)).add('described/project-data-unknown-id.200.json');
    expect(others.filter((name) => !walked.has(name))).toEqual([]);
  });
});
