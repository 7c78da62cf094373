import { describe, expect, test } from 'vitest';
import { adding, createTask, setUp } from './support/setup.ts';

const PREVIEW = { version: '7.1-preview.4' };
const path = (id: number): string => `/Fabrikam/_apis/wit/workItems/${id}/comments`;

describe('comments', () => {
  test('are added with a revision of the item, edited and deleted', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    const { json } = await api(`POST ${path(id)}`, { text: 'one' }, PREVIEW);
    expect(json).toMatchObject({
      workItemId: id,
      text: 'one',
      version: 1,
      isDeleted: false,
      format: 'html',
      createdBy: { displayName: 'Jamal Hartnett' },
    });
    const { commentId } = json as { commentId: number };
    expect(sandbox.azureDevOps.testUser().get(id)).toMatchObject({
      rev: 2,
      fields: { 'System.CommentCount': 1, 'System.History': 'one' },
    });
    expect(await api(`PATCH ${path(id)}/${commentId}`, { text: 'two' }, PREVIEW)).toMatchObject({
      json: { text: 'two', version: 2 },
    });
    expect(await api(`DELETE ${path(id)}/${commentId}`, undefined, PREVIEW)).toMatchObject({
      json: { isDeleted: true, version: 3 },
    });
    expect(await api(`GET ${path(id)}/${commentId}`, undefined, PREVIEW)).toMatchObject({
      status: 404,
      json: { typeKey: 'CommentNotFoundException' },
    });
    expect((await api(`GET ${path(id)}/${commentId}?includeDeleted=true`, undefined, PREVIEW)).status).toBe(
      200,
    );
    expect(sandbox.azureDevOps.testUser().get(id)?.comments).toEqual([]);
  });

  test('also come from the history of a change', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.History': 'html' }));
    await api(
      `PATCH /_apis/wit/workitems/${id}`,
      adding({ 'System.History': { format: 'Markdown', text: '*md*' } }),
    );
    expect(sandbox.azureDevOps.testUser().get(id)?.comments).toMatchObject([
      { text: 'html', format: 'html' },
      { text: '*md*', format: 'markdown' },
    ]);
    const { json } = await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Title': 'y' }));
    expect((json as { fields: object }).fields).not.toHaveProperty('System.History');
  });

  test.each(['0', 'markdown', 'Markdown'])(
    'are in Markdown with format=%s, from the fourth preview on',
    async (format) => {
      const { sandbox, api } = setUp();
      const id = await createTask(api);
      await api(`POST ${path(id)}?format=${format}`, { text: '*a*' }, { version: '7.1-preview.3' });
      await api(`POST ${path(id)}?format=${format}`, { text: '*b*' }, { version: '7.2-preview.4' });
      expect(
        sandbox.azureDevOps
          .testUser()
          .get(id)
          ?.comments.map((comment) => comment.format),
      ).toEqual(['html', 'markdown']);
      expect((await api(`POST ${path(id)}?format=textile`, { text: 'c' }, PREVIEW)).status).toBe(400);
    },
  );

  test('take another format with another text', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const { json } = await api(`POST ${path(id)}`, { text: 'a' }, PREVIEW);
    const comment = `${path(id)}/${(json as { id: number }).id}`;
    const edit = async (query: string): Promise<unknown> =>
      (await api(`PATCH ${comment}${query}`, { text: '*b*' }, PREVIEW)).json;
    expect(await edit('?format=0')).toMatchObject({ format: 'markdown' });
    expect(await edit('')).toMatchObject({ format: 'markdown' });
    expect(await edit('?format=1')).toMatchObject({ format: 'html' });
  });

  test('are listed from the newest, in pages', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    for (const text of ['a', 'b', 'c']) sandbox.azureDevOps.testUser().comment(id, text);
    const first = (await api(`GET ${path(id)}?$top=2`, undefined, PREVIEW)).json as Record<string, unknown>;
    expect(first).toMatchObject({
      totalCount: 3,
      count: 2,
      comments: [{ text: 'c' }, { text: 'b' }],
      continuationToken: '2',
      nextPage: expect.stringContaining('continuationToken=2'),
    });
    const second = await api(`GET ${path(id)}?$top=2&continuationToken=2`, undefined, PREVIEW);
    expect(second.json).toMatchObject({ count: 1, comments: [{ text: 'a' }] });
    expect(second.json).not.toHaveProperty('continuationToken');
    expect((await api(`GET ${path(id)}?order=asc`, undefined, PREVIEW)).json).toMatchObject({
      comments: [{ text: 'a' }, {}, {}],
    });
  });

  test('need a text, an item, and its project', async () => {
    const { api } = setUp({ seed: 0 });
    const id = await createTask(api);
    expect((await api(`POST ${path(id)}`, { text: '' }, PREVIEW)).status).toBe(400);
    expect((await api(`POST ${path(99)}`, { text: 'x' }, PREVIEW)).status).toBe(404);
    expect(
      (await api(`POST /Tailwind/_apis/wit/workItems/${id}/comments`, { text: 'x' }, PREVIEW)).status,
    ).toBe(404);
    expect((await api(`GET /_apis/wit/workItems/${id}/comments`, undefined, PREVIEW)).status).toBe(404);
  });
});
