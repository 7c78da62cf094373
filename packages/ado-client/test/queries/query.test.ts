import { Wiql, wiql } from '@context-sdk/ado-client';
import type { SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf, refused } from '../support/answering.ts';

describe('wiql', () => {
  test.each([
    [wiql`= ${"it's ' OR 1=1"}`, "= 'it''s '' OR 1=1'"],
    [wiql`IN (${[1, 2]})`, 'IN (1, 2)'],
    [wiql`IN (${['a', "b'"]})`, "IN ('a', 'b''')"],
    [wiql`= ${true} AND ${-1.5}`, '= true AND -1.5'],
    [wiql`>= ${new Date(0)}`, ">= '1970-01-01T00:00:00.000Z'"],
    [wiql`(${wiql`a = ${'b'}`}) AND c`, "(a = 'b') AND c"],
  ])('%s', (made, text) => {
    expect(made.text).toBe(text);
    expect(String(made)).toBe(text);
  });

  test.each([[[]], [undefined], [null], [Number.NaN], [{}], [new Date(Number.NaN)]])('not %s', (value) => {
    expect(() => wiql`= ${value as never}`).toThrow(/value 1/);
  });
});

/** Finds ids as the service does: at most `top`, in order of id, and never more than `cap` in one answer. */
function finding(ids: readonly number[], cap: number, honorsTop = true) {
  return ({ url, json }: SentRequest): unknown => {
    if (!url.pathname.endsWith('/wiql')) {
      return { value: (json as { ids: number[] }).ids.map((id) => ({ id, rev: 1, fields: {} })) };
    }
    const { query } = json as { query: string };
    const top = Number(url.searchParams.get('$top') ?? Number.POSITIVE_INFINITY);
    const above = Number(/\[System\.Id\] > (\d+)/.exec(query)?.[1] ?? 0);
    const below = Number(/\[System\.Id\] < (\d+)/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
    const most = Number(/\[System\.Id\] <= (\d+)/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
    const found = ids.filter((id) => id > above && id < below && id <= most);
    if ((honorsTop ? Math.min(found.length, top) : found.length) > cap) {
      return refused(400, 'WorkItemTrackingQueryResultSizeLimitExceededException', 'VS402337: too many');
    }
    const ordered = / DESC/i.test(query) ? found.toReversed() : found;
    return { workItems: ordered.slice(0, top).map((id) => ({ id })) };
  };
}

const QUERY = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.Title] CONTAINS ${'ORDER BY x'} OR [System.Parent] > 0`;
const MANY = Array.from({ length: 45_000 }, (_, index) => (index + 1) * 3);

describe('a query', () => {
  test.each([
    wiql`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > ${'2026-11-23T09:00:00Z'}`,
    new Wiql("SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > '2026-11-23 09:00'"),
  ])('with a time as text compares times: %s', async (query) => {
    const { client, requests } = clientOf(() => ({ workItems: [] }));
    await client.workItems.query(query).ids().toArray();
    expect(requests[0]?.url.searchParams.get('timePrecision')).toBe('true');
  });

  test('with a day as text compares days', async () => {
    const { client, requests } = clientOf(() => ({ workItems: [] }));
    const query = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > ${'2026-11-23'}`;
    await client.workItems.query(query).ids().toArray();
    expect(requests[0]?.url.searchParams.has('timePrecision')).toBe(false);
  });

  test('of any number of results goes on behind the last id', async () => {
    const { client, requests } = clientOf(finding(MANY, 20_000));
    expect(await client.workItems.query(QUERY).ids().toArray()).toEqual(MANY);
    expect(requests).toHaveLength(3);
    expect(requests[1]?.json).toHaveProperty(
      'query',
      "SELECT [System.Id] FROM WorkItems WHERE ([System.Title] CONTAINS 'ORDER BY x' OR [System.Parent] > 0) " +
        'AND [System.Id] > 59997 ORDER BY [System.Id]',
    );
    expect(await client.workItems.query(QUERY).count()).toBe(45_000);
  });

  test('is asked in ranges of ids where a page is too large all the same', async () => {
    const { client, requests } = clientOf(finding(MANY, 500, false));
    const few = MANY.slice(0, 3000);
    const small = clientOf(finding(few, 500, false));
    expect(await small.client.workItems.query(QUERY).ids().toArray()).toEqual(few);
    expect(small.requests.length).toBeLessThan(40);
    expect(await client.workItems.query(QUERY, { top: 700 }).ids().toArray()).toEqual(MANY.slice(0, 700));
    expect(requests.length).toBeGreaterThan(1);
  });

  test('keeps its order, its ASOF and its MODE', async () => {
    const { client, requests } = clientOf(finding([1, 2, 3], 20_000));
    const text = "select [System.Id] from WorkItems order by id desc asof '2026-01-01'";
    expect(await client.workItems.query(new Wiql(text)).ids().toArray()).toEqual([3, 2, 1]);
    expect(requests[0]?.json).toHaveProperty(
      'query',
      "SELECT [System.Id] FROM WorkItems ORDER BY [System.Id] DESC ASOF '2026-01-01'",
    );
    const other = 'SELECT [System.Id] FROM WorkItems ORDER BY [System.Title]';
    await client.workItems.query(new Wiql(other), { top: 2 }).ids().toArray();
    expect(requests[1]?.json).toHaveProperty('query', other);
    expect(requests[1]?.url.searchParams.get('$top')).toBe('2');
  });

  test('21: of nearly as many characters as it may have is asked for as it is', async () => {
    const head = "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = '";
    const query = new Wiql(`${head}${'x'.repeat(31_999 - head.length)}'`);
    expect(query.text).toHaveLength(32_000);
    const { client, requests } = clientOf(finding([3, 6], 20_000));
    expect(await client.workItems.query(query).ids().toArray()).toEqual([3, 6]);
    expect(requests.map(({ json }) => json)).toEqual([{ query: query.text }]);
  });

  test('with an order of its own can not have more than 20,000 results, and says so', async () => {
    const { client } = clientOf(finding(MANY, 20_000));
    const text = 'SELECT [System.Id] FROM WorkItems ORDER BY [System.Title]';
    await expect(client.workItems.query(new Wiql(text)).count()).rejects.toMatchObject({
      serviceCode: 'VS402337',
      field: 'query',
      message: expect.stringContaining('ORDER BY') as string,
    });
  });

  test('gives its items 200 to a request', async () => {
    const { client, requests } = clientOf(finding(MANY.slice(0, 450), 20_000));
    const items = await client.workItems.query(QUERY, { fields: ['System.Title'] }).toArray();
    expect(items.map(({ id }) => id)).toEqual(MANY.slice(0, 450));
    expect(requests.slice(1).map(({ json }) => (json as { ids: number[] }).ids.length)).toEqual([
      200, 200, 50,
    ]);
    expect(requests[1]?.json).toMatchObject({ fields: ['System.Title'] });
  });

  test('of links gives every item once', async () => {
    const { client } = clientOf(() => ({
      workItemRelations: [
        { rel: null, source: null, target: { id: 1 } },
        { rel: 'x', source: { id: 1 }, target: { id: 2 } },
        { rel: 'x', source: { id: 1 }, target: { id: 3 } },
      ],
    }));
    const query = wiql`SELECT [System.Id] FROM WorkItemLinks WHERE [Source].[System.State] <> ${''} MODE (Recursive)`;
    expect(await client.workItems.query(query).ids().toArray()).toEqual([1, 2, 3]);
  });

  test('is asked in its project, and to the millisecond where it holds a time', async () => {
    const { client, requests } = clientOf(finding([], 1), { project: 'Web site' });
    await client.workItems
      .query(wiql`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > ${new Date(0)}`)
      .count();
    await client.workItems.query(QUERY, { team: 'A team' }).count();
    expect(requests[0]?.url.pathname).toBe('/fabrikam/Web%20site/_apis/wit/wiql');
    expect(requests[0]?.url.searchParams.get('timePrecision')).toBe('true');
    expect(requests[1]?.url.pathname).toBe('/fabrikam/Web%20site/A%20team/_apis/wit/wiql');
    expect(requests[1]?.url.searchParams.has('timePrecision')).toBe(false);
  });

  test('of over 32,000 characters is not sent', async () => {
    const { client, requests } = clientOf(() => ({}));
    const query = client.workItems.query(
      wiql`SELECT [System.Id] FROM WorkItems WHERE [System.Title] = ${'x'.repeat(32_000)}`,
    );
    await expect(query.count()).rejects.toMatchObject({ field: 'query' });
    expect(requests).toHaveLength(0);
  });
});
