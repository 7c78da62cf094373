import { wiql } from '@context-sdk/ado-client';
import { ContextSdkError, type SkippedEvent } from '@context-sdk/oauth-core';
import { damaged, type SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { type ListCase, LISTS } from './lists.ts';

/** What can't stand in the place of any row. */
const ODD_ROWS = [null, 1, 'x', true, [], {}];

/** What the list gives where the service answers with these rows, and what was said to be left out. */
async function readFrom(
  list: ListCase,
  rows: unknown[],
): Promise<{ read: unknown[]; skipped: SkippedEvent[] }> {
  const skipped: SkippedEvent[] = [];
  const answers = list.answers(rows);
  const reply = ({ url }: SentRequest): unknown =>
    answers.find(([part]) => url.href.toLowerCase().includes(part))?.[1];
  const { client } = clientOf((request) => Response.json(reply(request)), {
    project: 'Fabrikam',
    hooks: { onSkipped: (event) => void skipped.push(event) },
  });
  const read = await list.read(client);
  return { read: [...read], skipped };
}

describe.each(Object.entries(LISTS))('21: %s', (name, list) => {
  const { row, as = row } = list;

  test('odd rows cost no other its place', async () => {
    const { read } = await readFrom(list, [...ODD_ROWS, row, ...ODD_ROWS]);
    expect(read).toEqual([as]);
    expect((await readFrom(list, [row])).skipped).toEqual([]);
  });

  test('a row of which one member is absent or of another type costs no other its place', async () => {
    for (const { where, value } of damaged(row)) {
      const { read } = await readFrom(list, [value, row]).catch((error: unknown) => {
        throw new Error(`${name} fails on ${where}`, { cause: error });
      });
      expect(read.at(-1), where).toEqual(as);
    }
  });
});

test('21: what a list leaves out is told by its place, and nothing of it', async () => {
  const { skipped } = await readFrom(LISTS['comments.list'] as ListCase, [
    null,
    { id: 1, text: 'a' },
    { text: 'secret' },
    { id: 2 },
  ]);
  const told = { service: 'azure-devops', operation: 'comments.list' };
  expect(skipped).toEqual(
    expect.arrayContaining([0, 2, 3].map((index) => ({ ...told, field: `comments[${index}]` }))),
  );
  expect(skipped).toHaveLength(3);
});

test('21: an end of a link that can’t be read makes no root of it, and is told', async () => {
  const told: (string | undefined)[] = [];
  const workItemRelations = [
    { target: { id: 1 } },
    { source: { id: 'x' }, target: { id: 2 } },
    { source: { id: 1 }, target: { id: -3 } },
    { rel: 'a', source: { id: 1 }, target: { id: 4 } },
  ];
  const { client } = clientOf(() => Response.json({ workItemRelations }), {
    project: 'Fabrikam',
    hooks: { onSkipped: ({ field }) => void told.push(field) },
  });
  const query = wiql`SELECT [System.Id] FROM WorkItemLinks`;
  expect(await client.workItems.query(query).links().toArray()).toEqual([
    { target: 1 },
    { rel: 'a', source: 1, target: 4 },
  ]);
  expect(await client.workItems.query(query).ids().toArray()).toEqual([1, 2, 4]);
  const places = [1, 2].map((index) => `workItemRelations[${index}]`);
  expect(told).toEqual([...places, ...places]);
});

test('21: a response without a list is an error that says so', async () => {
  for (const [name, list] of Object.entries(LISTS)) {
    if (list.answers([]).length > 1 || name === 'areas.list') continue;
    const { client } = clientOf(() => Response.json({ value: 7 }), { project: 'Fabrikam' });
    await expect(Promise.resolve(list.read(client)), name).rejects.toBeInstanceOf(ContextSdkError);
  }
});
