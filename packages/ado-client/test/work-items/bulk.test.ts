import type { NewWorkItem } from '@context-sdk/ado-client';
import type { SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf, refused } from '../support/answering.ts';

interface Sent {
  method: string;
  uri: string;
  headers: Record<string, string>;
  body: { op: string; path: string; value: unknown }[];
}

const item = (id: number, fields: object = {}): object => ({ id, rev: 1, fields, url: 'u' });
const task = (title: string): NewWorkItem => ({ type: 'Product Backlog Item', title });

/** Answers every request of a batch by itself. */
function batch(answer: (sent: Sent, index: number) => { code: number; body: unknown }) {
  return ({ json }: SentRequest): unknown => {
    const value = (json as Sent[]).map((sent, index) => ({ headers: {}, ...answer(sent, index) }));
    return { count: value.length, value };
  };
}

describe('createMany', () => {
  test('sends 200 to a request and gives one outcome per item, in order', async () => {
    const { client, requests } = clientOf(
      batch(({ body }) => {
        const id = Number(body[0]?.value);
        // Both forms of a body are seen.
        return { code: 200, body: id % 2 === 0 ? item(id) : JSON.stringify(item(id)) };
      }),
      { project: 'Web site' },
    );
    const progress: unknown[] = [];
    const inputs = Array.from({ length: 401 }, (_, index) => task(String(index + 1)));
    const outcomes = await client.workItems.createMany(inputs, { onProgress: (one) => progress.push(one) });
    expect(outcomes.map((outcome) => outcome.status === 'ok' && outcome.item.id)).toEqual(
      inputs.map(({ title }) => Number(title)),
    );
    expect(requests.map(({ json }) => (json as Sent[]).length)).toEqual([200, 200, 1]);
    expect(progress.at(-1)).toEqual({ done: 401, total: 401, failed: 0 });
    expect(requests[0]?.url.pathname).toBe('/fabrikam/_apis/wit/$batch');
    expect(requests[0]?.json).toHaveProperty('0', {
      method: 'PATCH',
      uri: '/Web%20site/_apis/wit/workitems/$Product%20Backlog%20Item?api-version=7.1',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: [{ op: 'add', path: '/fields/System.Title', value: '1' }],
    });
  });

  test('an item that can not be right, and one that is refused, keep no other back', async () => {
    const { client } = clientOf(
      batch((_, index) => {
        if (index === 0) return { code: 200, body: item(1) };
        const body = JSON.stringify({ message: 'TF401320: Rule Error', typeKey: 'RuleValidationException' });
        return { code: index === 1 ? 400 : 500, body };
      }),
      { project: 'p' },
    );
    const outcomes = await client.workItems.createMany([task('a'), task(''), task('b'), task('c')]);
    expect(outcomes).toMatchObject([
      { status: 'ok', item: { id: 1 } },
      { status: 'failed', error: { field: 'items[1].title' } },
      { status: 'failed', error: { name: 'InvalidRequestError', serviceCode: 'TF401320' } },
      { status: 'unknown', error: { code: 'service_unavailable' } },
    ]);
  });

  test('what an answer was lost of is unknown, and not sent again', async () => {
    const { client, requests } = clientOf(
      () => {
        throw new TypeError('fetch failed');
      },
      { project: 'p' },
    );
    expect(await client.workItems.createMany([task('a')])).toMatchObject([{ status: 'unknown' }]);
    expect(requests).toHaveLength(1);
  });

  test('an abort keeps what is done, and makes the rest failed', async () => {
    const controller = new AbortController();
    const { client } = clientOf(
      (request) => {
        controller.abort();
        return batch(() => ({ code: 200, body: item(1) }))(request);
      },
      { project: 'p' },
    );
    const inputs = Array.from({ length: 250 }, () => task('a'));
    const outcomes = await client.workItems.createMany(inputs, { signal: controller.signal });
    expect(outcomes.at(-1)).toMatchObject({ status: 'failed', error: { code: 'aborted' } });
    expect(outcomes).toHaveLength(250);
  });

  test('a refused token stops what follows', async () => {
    const { client, requests } = clientOf(() => new Response('', { status: 401 }), { project: 'p' });
    const outcomes = await client.workItems.createMany(Array.from({ length: 250 }, () => task('a')));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['failed']));
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a batch that fails as a whole', () => {
  const WHOLE = 'TF401321: Nothing was saved.';
  const wrapped = (Message: string): object => ({ count: 1, value: { Message } });
  const isBad = ({ body }: Sent): boolean => String(body[0]?.value).startsWith('bad');
  const saved = ({ body }: Sent): object => item(Number(body[0]?.value));

  test('sends the good ones again without the bad, and each outcome is exact', async () => {
    const { client, requests } = clientOf(
      (request) => {
        const anyBad = (request.json as Sent[]).some(isBad);
        return batch((sent) => {
          if (isBad(sent)) return { code: 400, body: JSON.stringify(wrapped('VS403426: That is wrong.')) };
          return anyBad ? { code: 400, body: wrapped(WHOLE) } : { code: 200, body: saved(sent) };
        })(request);
      },
      { project: 'p' },
    );
    const outcomes = await client.workItems.createMany(['1', 'bad', '2', 'bad', '3'].map(task));
    expect(requests).toHaveLength(2);
    expect(outcomes).toMatchObject([
      { status: 'ok', item: { id: 1 } },
      {
        status: 'failed',
        error: { serviceCode: 'VS403426', message: expect.stringContaining('That is wrong.') },
      },
      { status: 'ok', item: { id: 2 } },
      { status: 'failed', error: { serviceCode: 'VS403426' } },
      { status: 'ok', item: { id: 3 } },
    ]);
  });

  test.each([
    ['by its status', () => Response.json(wrapped(WHOLE), { status: 400 })],
    [
      'by one answer for all',
      () => ({ count: 1, value: [{ code: 400, body: JSON.stringify(wrapped(WHOLE)) }] }),
    ],
  ])('finds the bad one where none is named: %s', async (_how, refusal) => {
    const { client } = clientOf(
      (request) =>
        (request.json as Sent[]).some(isBad)
          ? refusal()
          : batch((sent) => ({ code: 200, body: saved(sent) }))(request),
      { project: 'p' },
    );
    const outcomes = await client.workItems.createMany(['1', '2', 'bad', '3'].map(task));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'failed', 'ok']);
    expect(outcomes[2]).toMatchObject({ error: { serviceCode: 'TF401321' } });
  });
});

describe('updateMany', () => {
  test('reads what depends on the item in one request, and tests its revision', async () => {
    const { client, requests } = clientOf((request) => {
      if (request.url.pathname.endsWith('workItemsBatch')) {
        return { value: [{ ...item(2, { 'System.Tags': 'a; b' }), rev: 9 }, null] };
      }
      return batch(() => ({ code: 200, body: item(5) }))(request);
    });
    const outcomes = await client.workItems.updateMany([
      { id: 1, changes: { state: 'Done' } },
      { id: 2, changes: { tags: { remove: ['a'] } } },
      { id: 3, changes: { tags: { remove: ['a'] } } },
      { id: 4, changes: {} },
    ]);
    expect(outcomes).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
      { status: 'failed', error: { name: 'NotFoundError' } },
      { status: 'failed', error: { field: 'items[3].changes' } },
    ]);
    const sent = requests.flatMap(({ url, json }) =>
      url.pathname.endsWith('$batch') ? (json as Sent[]) : [],
    );
    expect(sent.map(({ uri, body }) => [uri, body])).toEqual([
      [
        '/_apis/wit/workitems/1?api-version=7.1',
        [{ op: 'add', path: '/fields/System.State', value: 'Done' }],
      ],
      [
        '/_apis/wit/workitems/2?api-version=7.1',
        [
          { op: 'test', path: '/rev', value: 9 },
          { op: 'replace', path: '/fields/System.Tags', value: 'b' },
        ],
      ],
    ]);
  });

  test.each([
    ['null', null],
    ['no status', { body: item(1) }],
    ['other letters', { Code: 200, Body: item(1) }],
    ['words for a status', { code: 'OK', body: item(1) }],
  ])('21.6: whether a request was done whose answer is odd is unknown: %s', async (_name, row) => {
    const body = `\uFEFF${JSON.stringify(item(2))}`;
    const { client } = clientOf(() => ({ count: 2, value: [row, { code: 200, body }] }));
    const outcomes = await client.workItems.createMany([
      { project: 'Fabrikam', type: 'Task', title: 'a' },
      { project: 'Fabrikam', type: 'Task', title: 'b' },
    ]);
    expect(outcomes).toMatchObject([
      { status: 'unknown', error: { code: 'unexpected_response' } },
      { status: 'ok', item: { id: 2 } },
    ]);
  });

  test.each([
    ['State', 'System.State', { state: 'Nonsense' }],
    ['Iteration Path', 'System.IterationPath', { fields: { 'System.IterationPath': 'Nowhere' } }],
    ['Release Train', 'Custom.ReleaseTrain', { fields: { 'Custom.ReleaseTrain': 'x' } }],
    ['Severity', 'Severity', { state: 'Done' }],
  ])('21.12: a field that is named as people see it: %s', async (shown, field, changes) => {
    const message = `TF401320: Rule Error for field ${shown}. Error code: Required.`;
    const body = { count: 1, value: { Message: message } };
    const { client } = clientOf((request) =>
      request.url.pathname.endsWith('$batch')
        ? batch(() => ({ code: 400, body: JSON.stringify(body) }))(request)
        : Response.json(body, { status: 400 }),
    );
    const [outcome] = await client.workItems.updateMany([{ id: 1, changes }]);
    expect(outcome).toMatchObject({ status: 'failed', error: { field, serviceCode: 'TF401320' } });
    await expect(client.workItems.update(1, changes)).rejects.toMatchObject({ field, status: 400 });
  });

  test('an item that somebody else was faster with is taken up again by itself', async () => {
    const { client, requests } = clientOf((request) => {
      if (request.url.pathname.endsWith('$batch')) {
        const body = { message: 'VS403351: …', typeKey: 'TestPatchOperationFailedException' };
        return batch(() => ({ code: 412, body }))(request);
      }
      if (request.url.pathname.endsWith('workItemsBatch'))
        return { value: [item(2, { 'System.Tags': 'a' })] };
      return item(2, { 'System.Tags': 'a; b' });
    });
    const tags = { remove: ['a'] };
    expect(await client.workItems.updateMany([{ id: 2, changes: { tags } }])).toMatchObject([
      { status: 'ok' },
    ]);
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET', 'PATCH']);
    const refusedAtRev = await client.workItems.updateMany([{ id: 2, changes: { tags }, ifRev: 1 }]);
    expect(refusedAtRev).toMatchObject([{ status: 'failed', error: { name: 'ConflictError' } }]);
  });
});

describe('getMany', () => {
  test('1,000 ids are five requests; each item comes once, in order, and what is missing is told', async () => {
    const { client, requests } = clientOf(({ json }) => ({
      value: (json as { ids: number[] }).ids.map((id) => (id % 100 === 0 ? null : item(id))).toReversed(),
    }));
    const ids = Array.from({ length: 1000 }, (_, index) => 1000 - index);
    const { items, missing } = await client.workItems.getMany([...ids, 1, 2], { fields: ['System.Id'] });
    expect(requests).toHaveLength(5);
    expect(items.map(({ id }) => id)).toEqual(ids.filter((id) => id % 100 !== 0));
    expect(missing).toEqual(ids.filter((id) => id % 100 === 0));
    expect(requests[0]?.json).toMatchObject({ errorPolicy: 'omit', fields: ['System.Id'] });
    expect(requests[0]?.json).not.toHaveProperty('$expand');
  });

  test('none are none', async () => {
    const { client, requests } = clientOf(() => refused(500, '', ''));
    expect(await client.workItems.getMany([])).toEqual({ items: [], missing: [] });
    expect(requests).toHaveLength(0);
  });
});

test('an item with more revisions than the service takes is failed in a batch, and written once alone', async () => {
  const message = 'VS403442: Work item 5 has 10,000 revisions and can not be changed.';
  const typeKey = 'WorkItemRevisionLimitException';
  const { client } = clientOf(batch(() => ({ code: 500, body: { message, typeKey } })));
  const update = { id: 5, changes: { title: 'x' } };
  expect(await client.workItems.updateMany([update])).toMatchObject([
    { status: 'failed', error: { serviceCode: 'VS403442', status: 500, retryable: false } },
  ]);
  const alone = clientOf(() => refused(500, typeKey, message));
  await expect(alone.client.workItems.update(5, { title: 'x' }, { ifRev: 3 })).rejects.toMatchObject({
    serviceCode: 'VS403442',
  });
  expect(alone.requests.map(({ method }) => method)).toEqual(['PATCH']);
});
