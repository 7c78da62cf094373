import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

test('21: an empty token is that of no page: projects come once', async () => {
  const { client, requests } = clientOf(() =>
    Response.json({ value: [{ id: 'x', name: 'n' }] }, { headers: { 'x-ms-continuationtoken': '' } }),
  );
  expect(await client.projects.list().toArray()).toHaveLength(1);
  expect(requests).toHaveLength(1);
});

test('21: a token that is a number leads to the comments behind it', async () => {
  const { client, requests } = clientOf(() => ({
    comments: [{ id: requests.length, text: 'x' }],
    ...(requests.length === 1 && { continuationToken: 200 }),
  }));
  const comments = await client.comments.list(1, { project: 'p' }).toArray();
  expect(comments.map(({ id }) => id)).toEqual([1, 2]);
  expect(requests[1]?.query).toMatchObject({ continuationToken: '200' });
});
