import { assigneeOf, childIdsOf, parentIdOf, readIdentity, tagsOf } from '@context-sdk/ado-client';
import { describe, expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

describe('comments', () => {
  test('Markdown is sent as Markdown, in the one version that knows it', async () => {
    const comment = { id: 1, workItemId: 299, version: 1, text: '*x*', format: 'markdown' };
    const { client, requests } = clientOf(() => comment, { project: 'Web site' });
    expect(await client.comments.add(299, { markdown: '*x*' })).toEqual(comment);
    expect(requests[0]?.url.href).toBe(
      'https://dev.azure.com/fabrikam/Web%20site/_apis/wit/workItems/299/comments?format=0&api-version=7.2-preview.4',
    );
    expect(requests[0]?.json).toEqual({ text: '*x*' });
    await client.comments.add(299, '<b>x</b>');
    expect(requests[1]?.url.search).toBe('');
  });

  test('an update says its format, too', async () => {
    const { client, requests } = clientOf(() => ({ id: 1, text: '*x*', format: 'markdown' }), {
      project: 'p',
    });
    await client.comments.update(299, 1, { markdown: '*x*' });
    expect(requests[0]).toMatchObject({ method: 'PATCH', json: { text: '*x*' } });
    expect(requests[0]?.url.href).toBe(
      'https://dev.azure.com/fabrikam/p/_apis/wit/workItems/299/comments/1?format=0&api-version=7.2-preview.4',
    );
    await client.comments.update(299, 1, { html: '<b>x</b>' });
    expect(requests[1]?.url.searchParams.get('format')).toBe('1');
    await client.comments.update(299, 1, '<b>x</b>');
    expect(requests[2]?.url.search).toBe('');
  });

  test('all of them are read, page by page', async () => {
    const page = (id: number, continuationToken?: string): object => ({
      comments: [{ id, text: 'x' }],
      ...(continuationToken && { continuationToken }),
    });
    const { client, requests } = clientOf((_, index) => page(index, index < 2 ? `t${index}` : undefined), {
      project: 'p',
    });
    expect((await client.comments.list(299).toArray()).map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(requests.map(({ url }) => url.searchParams.get('continuationToken'))).toEqual([null, 't0', 't1']);
  });
});

test('projects are read to the end', async () => {
  const { client, requests } = clientOf((_, index) =>
    Response.json(
      { value: [{ id: String(index), name: 'p' }] },
      index === 0 ? { headers: { 'x-ms-continuationtoken': '1' } } : {},
    ),
  );
  expect(await client.projects.list().toArray()).toHaveLength(2);
  expect(requests[1]?.url.href).toBe(
    'https://dev.azure.com/fabrikam/_apis/projects?%24top=100&continuationToken=1&api-version=7.1',
  );
});

test('the history is read to the end', async () => {
  const { client, requests } = clientOf(({ url }) => {
    const length = url.searchParams.get('$skip') === '0' ? 200 : 3;
    return { value: Array.from({ length }, () => ({ id: 1, rev: 1 })) };
  });
  expect(await client.history.updates(1).toArray()).toHaveLength(203);
  expect(requests).toHaveLength(2);
});

describe('what an item says', () => {
  test.each([
    [
      { displayName: 'Jamal', uniqueName: 'j@a.example', id: '1' },
      { displayName: 'Jamal', uniqueName: 'j@a.example', email: 'j@a.example', id: '1' },
    ],
    ['Jamal <j@a.example>', { displayName: 'Jamal', uniqueName: 'j@a.example', email: 'j@a.example' }],
    ['Jamal <FABRIKAM\\jamal>', { displayName: 'Jamal', uniqueName: 'FABRIKAM\\jamal' }],
    ['Jamal', { displayName: 'Jamal' }],
    ['', undefined],
    [undefined, undefined],
    [7, undefined],
  ])('%j is a person', (value, person) => {
    expect(readIdentity(value)).toEqual(person);
    expect(assigneeOf({ fields: { 'System.AssignedTo': value as never } })).toEqual(person);
  });

  test('its tags, its parent and its children', () => {
    expect(tagsOf({ fields: { 'System.Tags': 'a; b c ;d' } })).toEqual(['a', 'b c', 'd']);
    expect(tagsOf({ fields: {} })).toEqual([]);
    const url = 'https://dev.azure.com/fabrikam/p/_apis/wit/workItems/';
    const relations = [
      { rel: 'System.LinkTypes.Hierarchy-Reverse', url: `${url}1`, attributes: { name: '父级' } },
      { rel: 'System.LinkTypes.Hierarchy-Forward', url: `${url}2` },
      { rel: 'System.LinkTypes.Hierarchy-Forward', url: `${url}3` },
      { rel: 'Hyperlink', url: 'https://a.example' },
    ];
    expect(parentIdOf({ fields: {}, relations })).toBe(1);
    expect(parentIdOf({ fields: { 'System.Parent': 4 } })).toBe(4);
    expect(childIdsOf({ relations })).toEqual([2, 3]);
  });
});

test('all members of a team are listed, 100 to a request: the service says nothing of the rest', async () => {
  const people = Array.from({ length: 250 }, (_, index) => ({
    identity: { id: `${index}`, displayName: 'x' },
  }));
  const { client, requests } = clientOf(({ query: { $skip = '0', $top = '100' } }) => {
    return { value: people.slice(Number($skip), Number($skip) + Number($top)) };
  });
  expect(await client.teams.members('Web', { project: 'p' })).toHaveLength(250);
  expect(requests).toHaveLength(3);
});
