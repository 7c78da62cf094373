import { RelationType, wiql } from '@context-sdk/ado-client';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
const task = (title: string) => ({ type: 'Task', title });

describe('21.4: the order that was asked for', () => {
  test('of ids, each once, whatever the batch answers, also over several batches', async () => {
    const { client } = start();
    const made = await client.workItems.createMany(
      Array.from({ length: 230 }, (_, index) => task(`${index}`)),
    );
    const ids = made.flatMap((one) => (one.status === 'ok' ? one.item.id : [])).toReversed();
    const { items, missing } = await client.workItems.getMany([...ids, 9999, ...ids.slice(0, 3)]);
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(missing).toEqual([9999]);
  });

  test('of a tree and of a saved query', async () => {
    const { client } = start();
    const child = await client.workItems.create(task('b'));
    const other = await client.workItems.create(task('a'));
    const story = await client.workItems.create({ type: 'User Story', title: 'z' });
    await client.relations.setParent(child.id, story.id);
    const tree = wiql`SELECT [System.Id] FROM WorkItemLinks WHERE [Source].[System.Id] > 0
      AND [System.Links.LinkType] = 'System.LinkTypes.Hierarchy-Forward' MODE (Recursive)`;
    const links = await client.workItems.query(tree).links().toArray();
    const place = (id: number): number => links.findIndex(({ target }) => target === id);
    expect(place(story.id)).toBeLessThan(place(child.id));
    const found = await client.workItems.query(tree).toArray();
    expect(found.findIndex(({ id }) => id === story.id)).toBeLessThan(
      found.findIndex(({ id }) => id === child.id),
    );
    const query = wiql`SELECT [System.Id] FROM WorkItems ORDER BY [System.Title] DESC`;
    const saved = await client.savedQueries.create({ name: 'By title', query });
    const items = await (await client.savedQueries.run(saved.id)).toArray();
    expect(items.map(({ id }) => id)).toEqual([story.id, child.id, other.id]);
  });
});

describe.each([
  ['independent', {}],
  ['all or nothing', { azureDevOps: { batch: 'all-or-nothing' } }],
] as const)('21.6: a batch that is %s', (_name, options) => {
  test('has an exact outcome for each item, whatever is wrong with others', async () => {
    const { client } = start(options);
    const { id } = await client.workItems.create(task('x'));
    const created = await client.workItems.createMany([
      task('good'),
      { ...task('bad'), state: 'Nowhere' },
      { ...task('good, too'), tags: ['a'] },
      { ...task('bad'), fields: { 'Custom.Nowhere': 1 } },
    ]);
    expect(created.map(({ status }) => status)).toEqual(['ok', 'failed', 'ok', 'failed']);
    const updated = await client.workItems.updateMany([
      { id, changes: { title: 'y' } },
      { id: 9999, changes: { title: 'y' } },
      { id, changes: { title: 'z' }, ifRev: 99 },
    ]);
    expect(updated).toMatchObject([{ status: 'ok' }, { status: 'failed' }, { status: 'failed' }]);
    expect(await client.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).count()).toBe(3);
    expect((await client.workItems.get(id)).fields['System.Title']).toBe('y');
  });
});

test('21.8: a comment has the format that it was last written in, and keeps it with a plain text', async () => {
  const { sandbox, client } = start();
  const { id } = await client.workItems.create(task('x'));
  const formats = (): unknown =>
    sandbox.azureDevOps
      .testUser()
      .get(id)
      ?.comments.map(({ format }) => format);
  const one = await client.comments.add(id, { markdown: '**a**' });
  const other = await client.comments.add(id, { html: '<b>a</b>' });
  expect(formats()).toEqual(['markdown', 'html']);
  await client.comments.update(id, one.id, 'plain');
  await client.comments.update(id, other.id, { markdown: '**b**' });
  expect(formats()).toEqual(['markdown', 'markdown']);
  await client.comments.update(id, one.id, { html: '<b>b</b>' });
  expect(formats()).toEqual(['html', 'markdown']);
});

test('21.9: only a missing item is undefined; a missing organization or project is an error', async () => {
  const { client } = start();
  expect(await client.workItems.find(4711)).toBeUndefined();
  await expect(client.workItems.find(4711, { project: 'Nowhere' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(client.areas.find('Web', { project: 'Nowhere' })).rejects.toMatchObject({ code: 'not_found' });
  const elsewhere = start({}, { organizationUrl: 'https://dev.azure.com/nowhere' });
  await expect(elsewhere.client.workItems.find(1)).rejects.toBeInstanceOf(Error);
  await expect(elsewhere.client.workItems.delete(1)).rejects.toBeInstanceOf(Error);
});

test('21.11: hooks by tag, field, type, area and links are each another one, and found again', async () => {
  const { client } = start();
  const url = 'https://app.example/hook';
  const filters = [
    {},
    { tag: 'a' },
    { changedField: 'System.State' },
    { workItemType: 'Bug' },
    { areaPath: 'Fabrikam\\Web' },
    { linksChanged: true },
    { tag: 'a', changedField: 'System.State' },
  ];
  const ensureAll = async (): Promise<string[]> => {
    const outcomes: string[] = [];
    for (const filter of filters) {
      const { outcome } = await client.subscriptions.ensure({ event: 'workitem.updated', url, ...filter });
      outcomes.push(outcome);
    }
    return outcomes;
  };
  expect(await ensureAll()).toEqual(filters.map(() => 'created'));
  expect(await ensureAll()).toEqual(filters.map(() => 'found'));
});

test('21.5: the service names what is wrong with a link, and one without a name is refused before it is sent', async () => {
  const { sandbox, client } = start();
  const { id } = await client.workItems.create(task('x'));
  const url = 'vstfs:///Git/Commit/a%2Fb%2Fc';
  const wrong = { rel: RelationType.artifact, url, name: 'Repaired by' };
  await expect(client.relations.add(id, wrong)).rejects.toMatchObject({ serviceCode: 'TF401028' });
  const before = sandbox.requests.length;
  const nameless = { rel: RelationType.artifact, url } as never;
  await expect(client.relations.add(id, nameless)).rejects.toMatchObject({ field: 'relations.add[0].name' });
  await expect(client.workItems.create({ ...task('y'), relations: [nameless] })).rejects.toMatchObject({
    field: 'relations[0].name',
  });
  expect(sandbox.requests).toHaveLength(before);
});

test.each(['2026-01-01T09:00:00Z', '2026-01-01 09:00', '1/1/2026 9:00 AM', '1/1/2026 09:00'])(
  '21.13: %s in a query is compared to the minute',
  async (time) => {
    const { client } = start({ clock: { now: () => Date.UTC(2026, 0, 1, 9, 30) } });
    await client.workItems.create(task('x'));
    const since = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.CreatedDate] > ${time}`;
    expect(await client.workItems.query(since).count()).toBe(1);
    const before = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.CreatedDate] < ${time}`;
    expect(await client.workItems.query(before).count()).toBe(0);
    await expect(client.workItems.query(since, { timePrecision: false }).count()).rejects.toMatchObject({
      code: 'invalid_request',
    });
  },
);
