import { AdoClient, personalAccessToken, RelationType, type WorkItem } from '@context-sdk/ado-client';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';

interface Story {
  ids: number[];
  /** A client whose first answer to a patch is lost after it took effect; `meanwhile` happens before it looks. */
  losing(meanwhile?: () => Promise<unknown>): AdoClient;
  other: AdoClient;
  patches(): number;
}

function start(items: number): Story {
  const sandbox: Sandbox = createSandbox({
    seed: 'empty',
    azureDevOps: { seed: 'empty', rateLimit: false },
  });
  const user = sandbox.azureDevOps.testUser();
  const clientOf = (fetch: typeof globalThis.fetch): AdoClient =>
    new AdoClient({
      organizationUrl: 'https://dev.azure.com/fabrikam',
      auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
      retry: IMPATIENT,
      fetch,
    });
  const other = clientOf(sandbox.fetch);
  return {
    ids: Array.from(
      { length: items },
      (_, index) => user.create({ type: 'Task', fields: { 'System.Title': `${index}` } }).id,
    ),
    other,
    losing(meanwhile) {
      let isLost = false;
      return clientOf(async (input, init) => {
        const request = new Request(input, init);
        const response = await sandbox.fetch(request);
        if (request.method !== 'PATCH' || isLost) return response;
        isLost = true;
        await meanwhile?.();
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
        });
      });
    },
    patches: () => sandbox.requests.filter(({ method }) => method === 'PATCH').length,
  };
}

function targets({ relations = [] }: WorkItem): string[] {
  return relations.map(({ url }) => url.split('/').at(-1) ?? '').toSorted();
}

describe('links make no revision, so a lost answer to a conditional patch of links', () => {
  test('that added some is told by the links: nothing is sent again', async () => {
    const { ids, losing, patches } = start(2);
    const [item = 0, a = 0] = ids;
    const add = [{ rel: RelationType.related, id: a }];
    const changed = await losing().workItems.update(item, { relations: { add } }, { ifRev: 1 });
    expect(targets(changed)).toEqual([`${a}`]);
    expect(patches()).toBe(1);
  });

  test('of a function is told by the links, too, also with a change by somebody else in between', async () => {
    const { ids, losing, other } = start(2);
    const [item = 0, a = 0] = ids;
    const meanwhile = (): Promise<unknown> => other.workItems.update(item, { title: 'theirs' });
    const add = [{ rel: RelationType.related, id: a }];
    const changed = await losing(meanwhile).workItems.update(item, () => ({ relations: { add } }));
    expect(targets(changed)).toEqual([`${a}`]);
    expect(changed.fields['System.Title']).toBe('theirs');
  });

  test('that attached a file is told by the file, whose URL comes back without its name', async () => {
    const { ids, losing, other } = start(1);
    const [item = 0] = ids;
    await losing().attachments.attach(item, { name: 'Plan für März.txt', data: 'x' }, { ifRev: 1 });
    expect((await other.workItems.get(item, { expand: 'relations' })).relations).toHaveLength(1);
  });

  test('that removed one by its place says so, and does not take the next one away', async () => {
    const { ids, losing, other } = start(4);
    const [item = 0, ...others] = ids;
    for (const id of others) await other.relations.add(item, { rel: RelationType.related, id });
    const { rev } = await other.workItems.get(item);
    const removing = losing().workItems.update(item, { relations: { remove: [0] } }, { ifRev: rev });
    await expect(removing).rejects.toMatchObject({ code: 'network', sent: true });
    expect((await other.workItems.get(item, { expand: 'relations' })).relations).toHaveLength(2);
  });
});

test('a file is attached and a link removed in one update: the file is recognized without its name', async () => {
  const { ids, other } = start(2);
  const [item = 0, a = 0] = ids;
  await other.relations.add(item, { rel: RelationType.related, id: a });
  const { url } = await other.attachments.upload({ name: 'Spec.txt', data: 'x' });
  const relations = { add: [{ rel: RelationType.attachment, url }], remove: [{ id: a }] };
  const { relations: left = [] } = await other.workItems.update(item, { relations });
  expect(left.map(({ rel }) => rel)).toEqual(['AttachedFile']);
});

test('a file is unlinked by the URL that its upload gave', async () => {
  const { ids, other } = start(1);
  const [item = 0] = ids;
  const { url } = await other.attachments.upload({ name: 'Spec.txt', data: 'x' });
  await other.relations.add(item, { rel: RelationType.attachment, url });
  expect((await other.relations.remove(item, { url })).relations ?? []).toEqual([]);
});
