import { AdoClient, personalAccessToken, RelationType, tagsOf, wiql } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const PROJECT = 'Fabrikam';

interface Story {
  other: AdoClient;
  /** Gives the first write that is sent from now on, and loses its response after it is done, or instead of it. */
  lose(isDone: boolean): void;
  client: AdoClient;
  /** How many writes were sent. */
  writes(): number;
}

function start(): Story {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  let next: { isDone: boolean } | undefined;
  let writes = 0;
  const clientOf = (fetch: typeof globalThis.fetch): AdoClient =>
    new AdoClient({
      organizationUrl: 'https://dev.azure.com/fabrikam',
      project: PROJECT,
      auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
      retry: IMPATIENT,
      fetch,
    });
  return {
    other: clientOf(sandbox.fetch),
    lose: (isDone) => (next = { isDone }),
    client: clientOf(async (input, init) => {
      const request = new Request(input, init);
      const isWrite = request.method !== 'GET' && !request.url.includes('/attachments');
      if (!isWrite) return await sandbox.fetch(request);
      writes += 1;
      const lost = next;
      next = undefined;
      if (lost?.isDone !== false) {
        const response = await sandbox.fetch(request);
        if (lost === undefined) return response;
      }
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    }),
    writes: () => writes,
  };
}

type Client = AdoClient;
interface Write {
  /** What has to be there; what the write is given. */
  before(client: Client): Promise<unknown>;
  write(client: Client, given: never): Promise<unknown>;
  /** What there is then. */
  after(client: Client, given: never): Promise<unknown>;
  expected: unknown;
}

function written<T>(parts: {
  before(client: Client): Promise<T>;
  write(client: Client, given: T): Promise<unknown>;
  after(client: Client, given: T): Promise<unknown>;
  expected: unknown;
}): Write {
  return parts;
}

const task = async (client: Client): Promise<number> =>
  (await client.workItems.create({ type: 'Task', title: 'x', tags: ['red'] })).id;
const nothing = async (): Promise<undefined> => undefined;
const QUERY = wiql`SELECT [System.Id] FROM WorkItems`;
const HOOK = { event: 'workitem.created', url: 'https://app.example/hook' } as const;

const WRITES: Record<string, Write> = {
  'comments.delete': written({
    async before(client) {
      const id = await task(client);
      return { id, comment: (await client.comments.add(id, 'hello')).id };
    },
    write: (client, { id, comment }) => client.comments.delete(id, comment),
    after: (client, { id }) => client.comments.list(id).toArray(),
    expected: [],
  }),
  'tags.delete': written({
    before: task,
    write: (client) => client.tags.delete('red'),
    after: (client) => client.tags.list(),
    expected: [],
  }),
  'tags.rename': written({
    before: task,
    write: (client) => client.tags.rename('red', 'blue'),
    after: async (client, id) => tagsOf(await client.workItems.get(id)),
    expected: ['blue'],
  }),
  'savedQueries.create': written({
    before: nothing,
    write: (client) => client.savedQueries.create({ name: 'All', query: QUERY }),
    after: async (client) => (await client.savedQueries.list()).map(({ name }) => name),
    expected: ['All'],
  }),
  'savedQueries.delete': written({
    before: (client) => client.savedQueries.create({ name: 'All', query: QUERY }),
    write: (client, { id }) => client.savedQueries.delete(id),
    after: (client) => client.savedQueries.list(),
    expected: [],
  }),
  'subscriptions.ensure': written({
    before: nothing,
    write: (client) => client.subscriptions.ensure(HOOK),
    after: async (client) => (await client.subscriptions.list()).length,
    expected: 1,
  }),
  'subscriptions.delete': written({
    before: (client) => client.subscriptions.ensure(HOOK),
    write: (client, { subscription }) => client.subscriptions.delete(subscription.id),
    after: (client) => client.subscriptions.list(),
    expected: [],
  }),
  'workItems.destroy': written({
    before: task,
    write: (client, id) => client.workItems.destroy(id),
    after: (client, id) => client.workItems.find(id),
    expected: undefined,
  }),
  'workItems.restore': written({
    async before(client) {
      const id = await task(client);
      await client.workItems.delete(id);
      return id;
    },
    write: (client, id) => client.workItems.restore(id),
    after: async (client, id) => (await client.workItems.find(id))?.id,
    expected: expect.any(Number),
  }),
  'areas.create': written({
    before: nothing,
    write: (client) => client.areas.create({ name: 'Fresh' }),
    after: async (client) => (await client.areas.find(`${PROJECT}\\Fresh`))?.name,
    expected: 'Fresh',
  }),
  'areas.move': written({
    async before(client) {
      for (const name of ['Old', 'New']) await client.areas.create({ name });
      await client.areas.create({ name: 'Web', parent: `${PROJECT}\\Old` });
    },
    write: (client) => client.areas.move(`${PROJECT}\\Old\\Web`, `${PROJECT}\\New`),
    after: async (client) => (await client.areas.find(`${PROJECT}\\New\\Web`))?.name,
    expected: 'Web',
  }),
  'iterations.create': written({
    before: nothing,
    write: (client) =>
      client.iterations.create({ name: 'Sprint 9', startDate: '2026-11-02', finishDate: '2026-11-13' }),
    after: async (client) => (await client.iterations.list()).map(({ name }) => name),
    expected: expect.arrayContaining(['Sprint 9']),
  }),
  'relations.add': written({
    before: async (client) => [await task(client), await task(client)] as const,
    write: (client, [id, other]) => client.relations.add(id, { rel: RelationType.related, id: other }),
    after: async (client, [id]) =>
      (await client.workItems.get(id, { expand: 'relations' })).relations?.length,
    expected: 1,
  }),
  'attachments.attach': written({
    before: task,
    write: (client, id) => client.attachments.attach(id, { name: 'a.txt', data: 'x' }),
    after: async (client, id) => (await client.workItems.get(id, { expand: 'relations' })).relations?.length,
    expected: 1,
  }),
};

test.each(Object.entries(WRITES))(
  '%s is done though its response is lost, and sent once',
  async (name, one) => {
    const { client, other, lose, writes } = start();
    const given = (await one.before(other)) as never;
    lose(true);
    await one.write(client, given);
    expect(writes()).toBe(name === 'iterations.create' ? 2 : 1);
    expect(await one.after(other, given)).toEqual(one.expected);
  },
);

test.each(Object.entries(WRITES))('%s that was not done fails, and can be repeated', async (_name, one) => {
  const { client, other, lose } = start();
  const given = (await one.before(other)) as never;
  lose(false);
  expect(await failure(one.write(client, given))).toMatchObject({ code: 'network', sent: true });
  await one.write(client, given);
  expect(await one.after(other, given)).toEqual(one.expected);
});

test('a deletion of what is not there is no success', async () => {
  const { client, other } = start();
  const id = await task(other);
  expect(await failure(client.comments.delete(id, 77))).toMatchObject({ code: 'not_found' });
  expect(await failure(client.tags.delete('green'))).toMatchObject({ code: 'not_found' });
  expect(await failure(client.workItems.destroy(99))).toMatchObject({ code: 'not_found' });
});

test('after a lost response, a comment of an item that is not in the project does not count as deleted', async () => {
  const { client, other, lose } = start();
  const id = await task(other);
  const { id: comment } = await other.comments.add(id, 'hello');
  lose(false);
  expect(await failure(client.comments.delete(id, comment, { project: 'Elsewhere' }))).toMatchObject({
    code: 'network',
  });
});

test.each(['.', '..'])('a tag %j, which would be another route, is refused', async (tag) => {
  const { client, writes } = start();
  expect(await failure(client.tags.delete(tag))).toMatchObject({ field: 'tag' });
  expect(await failure(client.tags.rename(tag, 'x'))).toMatchObject({ field: 'tag' });
  expect(writes()).toBe(0);
});
