import {
  AdoClient,
  childIdsOf,
  parentIdOf,
  personalAccessToken,
  RelationType,
} from '@context-sdk/ado-client';
import { staticToken } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const ORGANIZATION_URL = 'https://dev.azure.com/fabrikam';

interface Story {
  sandbox: Sandbox;
  ids: number[];
  clientOf(fetch?: typeof globalThis.fetch, person?: number): AdoClient;
}

function start(items: number): Story {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const user = sandbox.azureDevOps.testUser();
  const create = (_: unknown, index: number): number =>
    user.create({ type: 'Task', fields: { 'System.Title': String(index) } }).id;
  const { people } = sandbox.azureDevOps;
  const credentials = people.map(({ uniqueName: person }) =>
    personalAccessToken(sandbox.azureDevOps.issuePat({ person })),
  );
  return {
    sandbox,
    ids: Array.from({ length: items }, create),
    clientOf: (fetch = sandbox.fetch, person = 0) =>
      new AdoClient({
        organizationUrl: ORGANIZATION_URL,
        auth: credentials[person] ?? staticToken('none'),
        fetch,
      }),
  };
}

/** Does something just before the first patch arrives: links make no revision, so no test of it fails. */
function before(sandbox: Sandbox, meanwhile: () => Promise<unknown>): typeof globalThis.fetch {
  let isFirst = true;
  return async (input, init) => {
    const { method } = new Request(input, init);
    if (method === 'PATCH' && isFirst) {
      isFirst = false;
      await meanwhile();
    }
    return await sandbox.fetch(input, init);
  };
}

async function relatedTo(client: AdoClient, id: number): Promise<string[]> {
  const { relations = [] } = await client.workItems.get(id, { expand: 'relations' });
  return relations.map(({ url, attributes }) =>
    `${url.split('/').at(-1)} ${attributes?.comment ?? ''}`.trim(),
  );
}

test('a parent that another writer sets meanwhile is replaced: setParent reads again', async () => {
  const { sandbox, ids, clientOf } = start(3);
  const [child = 0, first = 0, second = 0] = ids;
  const other = clientOf();
  const client = clientOf(before(sandbox, () => other.relations.setParent(child, first)));
  await client.relations.setParent(child, second);
  const item = await other.workItems.get(child, { expand: 'relations' });
  expect(parentIdOf(item)).toBe(second);
});

describe('links that another writer changes at the same time', () => {
  test('removing one takes no other away', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b, c]) {
      await other.relations.add(item, { rel: RelationType.related, id, comment: `about ${id}` });
    }
    const client = clientOf(before(sandbox, () => other.relations.remove(item, { id: a })));
    await client.relations.remove(item, { id: b });
    expect(await relatedTo(other, item)).toEqual([`${c} about ${c}`]);
  });

  test('a link that was added unseen and taken away is put back, too', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const meanwhile = async (): Promise<void> => {
      await other.relations.remove(item, { id: a });
      await other.relations.add(item, { rel: RelationType.related, id: c });
    };
    const client = clientOf(before(sandbox, meanwhile));
    await client.relations.remove(item, { id: b });
    expect(await relatedTo(other, item)).toEqual([String(c)]);
  });

  test('21.1: a link that took the place of one that somebody else removed, too, is put back', async () => {
    const { sandbox, ids, clientOf } = start(5);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf(sandbox.fetch, 1);
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const meanwhile = async (): Promise<void> => {
      await other.relations.remove(item, { id: b });
      await other.relations.add(item, { rel: RelationType.related, id: c, comment: 'new' });
    };
    const client = clientOf(before(sandbox, meanwhile));
    const left = await client.relations.remove(item, { id: b });
    expect(left.relations).toHaveLength(2);
    expect((await relatedTo(other, item)).toSorted()).toEqual([String(a), `${c} new`]);
  });

  test('21.1: a link that replaced the one to be removed, in one change of the same user, is put back', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const replace = { remove: [{ id: b }], add: [{ rel: RelationType.related, id: c, comment: 'new' }] };
    const meanwhile = (): Promise<unknown> => other.workItems.update(item, { relations: replace });
    await clientOf(before(sandbox, meanwhile)).relations.remove(item, { id: b });
    expect((await relatedTo(other, item)).toSorted()).toEqual([String(a), `${c} new`]);
  });

  test('21.1: the parent that replaced the one to be taken away, in one change, is put back and then seen', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, mother = 0, aunt = 0, a = 0] = ids;
    const other = clientOf();
    await other.relations.add(item, { rel: RelationType.related, id: a });
    await other.relations.setParent(item, mother);
    const client = clientOf(before(sandbox, () => other.relations.setParent(item, aunt)));
    const { relations = [] } = await client.workItems.get(item, { expand: 'relations' });
    const parent = relations.find(({ rel }) => rel === RelationType.parent);
    await client.relations.remove(item, { url: parent?.url });
    expect(parentIdOf(await other.workItems.get(item, { expand: 'relations' }))).toBe(aunt);
  });

  test('21.1: places mean the item that was read, also when it has to be read again', async () => {
    const { sandbox, ids, clientOf } = start(5);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b, c]) await other.relations.add(item, { rel: RelationType.related, id });
    const client = clientOf(before(sandbox, () => other.relations.remove(item, { id: a })));
    await client.workItems.update(item, () => ({ relations: { remove: [1] } }));
    expect(await relatedTo(other, item)).toEqual([String(c)]);
  });

  test('21.1: without a history, what is missing while the link is still there is put back', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b, c]) await other.relations.add(item, { rel: RelationType.related, id });
    const racing = before(sandbox, () => other.relations.remove(item, { id: a }));
    const client = clientOf(async (input, init) => {
      const isHistory = new URL(new Request(input, init).url).pathname.endsWith('/updates');
      return isHistory ? Response.json({ message: 'no' }, { status: 403 }) : await racing(input, init);
    });
    await client.relations.remove(item, { id: b });
    expect(await relatedTo(other, item)).toContain(String(c));
  });

  test('commenting one leaves the comments of the others', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b, c]) {
      await other.relations.add(item, { rel: RelationType.related, id, comment: `about ${id}` });
    }
    const client = clientOf(before(sandbox, () => other.relations.remove(item, { id: a })));
    await client.relations.comment(item, { id: b }, 'why');
    expect((await relatedTo(other, item)).toSorted()).toEqual([`${b} why`, `${c} about ${c}`]);
  });

  test('21.1: a link that took the place of the one to be commented gets its own comment back', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const meanwhile = async (): Promise<void> => {
      await other.relations.remove(item, { id: b });
      await other.relations.add(item, { rel: RelationType.related, id: c, comment: 'new' });
    };
    await clientOf(before(sandbox, meanwhile)).relations.comment(item, { id: b }, 'why');
    expect((await relatedTo(other, item)).toSorted()).toEqual([String(a), `${c} new`]);
  });

  test('21.1: a link that another writer commented so itself keeps it', async () => {
    const { sandbox, ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const meanwhile = () => other.relations.add(item, { rel: RelationType.related, id: c, comment: 'why' });
    await clientOf(before(sandbox, meanwhile)).relations.comment(item, { id: b }, 'why');
    expect((await relatedTo(other, item)).toSorted()).toEqual([String(a), `${b} why`, `${c} why`]);
  });

  test('21.1: a link that took the place of the parent, in two changes, stays when the parent is replaced', async () => {
    const { sandbox, ids, clientOf } = start(5);
    const [item = 0, a = 0, mother = 0, aunt = 0, c = 0] = ids;
    const other = clientOf();
    await other.relations.add(item, { rel: RelationType.related, id: a });
    await other.relations.setParent(item, mother);
    const meanwhile = async (): Promise<void> => {
      await other.relations.setParent(item, null);
      await other.relations.add(item, { rel: RelationType.related, id: c, comment: 'new' });
    };
    await clientOf(before(sandbox, meanwhile)).relations.setParent(item, aunt);
    const now = await other.workItems.get(item, { expand: 'relations' });
    expect(parentIdOf(now)).toBe(aunt);
    expect((await relatedTo(other, item)).toSorted()).toEqual(
      [String(a), String(aunt), `${c} new`].toSorted(),
    );
  });

  test('setting the parent leaves the other links, and one parent', async () => {
    const { sandbox, ids, clientOf } = start(5);
    const [item = 0, a = 0, b = 0, mother = 0, aunt = 0] = ids;
    const other = clientOf();
    await other.relations.add(item, { rel: RelationType.related, id: a });
    await other.relations.setParent(item, mother);
    await other.relations.add(item, { rel: RelationType.related, id: b });
    const client = clientOf(before(sandbox, () => other.relations.remove(item, { id: a })));
    await client.relations.setParent(item, aunt);
    const now = await other.workItems.get(item, { expand: 'relations' });
    expect(parentIdOf(now)).toBe(aunt);
    expect((await relatedTo(other, item)).toSorted()).toEqual([aunt, b].map(String).toSorted());
  });

  test('a place that is gone is looked for again', async () => {
    const { sandbox, ids, clientOf } = start(3);
    const [item = 0, a = 0, b = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    const client = clientOf(before(sandbox, () => other.relations.remove(item, { id: a })));
    await client.relations.remove(item, { id: b });
    expect(await relatedTo(other, item)).toEqual([]);
  });

  test('none is taken twice where the response is lost', async () => {
    const { sandbox, ids, clientOf } = start(3);
    const [item = 0, a = 0, b = 0] = ids;
    const other = clientOf();
    for (const id of [a, b]) await other.relations.add(item, { rel: RelationType.related, id });
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { method: 'PATCH', path: /workitems/i });
    await clientOf().relations.remove(item, { id: a });
    expect(await relatedTo(other, item)).toEqual([String(b)]);
  });

  test('updateMany finds links in the item itself, not in a batch that lists them in another order', async () => {
    const { ids, clientOf } = start(4);
    const [item = 0, a = 0, b = 0, c = 0] = ids;
    const client = clientOf();
    for (const id of [a, b, c]) await client.relations.add(item, { rel: RelationType.related, id });
    const changes = { relations: { remove: [{ id: a }] } };
    expect(await client.workItems.updateMany([{ id: item, changes }])).toMatchObject([{ status: 'ok' }]);
    expect(await relatedTo(client, item)).toEqual([b, c].map(String));
  });
});

test('an id means an item of this organization, not one of another with the same number', async () => {
  const { ids, clientOf } = start(2);
  const [item = 0, a = 0] = ids;
  const client = clientOf();
  const url = `https://dev.azure.com/tailwind/_apis/wit/workItems/${a}`;
  await client.relations.add(item, { rel: 'System.LinkTypes.Remote.Related', url });
  await client.relations.add(item, { rel: RelationType.related, id: a });
  await client.relations.remove(item, { id: a });
  const { relations } = await client.workItems.get(item, { expand: 'relations' });
  expect(relations?.map((relation) => relation.url)).toEqual([url]);
});

test.each([
  ['one user', 0],
  ['two users', 1],
])(
  '21.1: removals of one link at once, and of others, by %s, in any order of their requests',
  async (_, person) => {
    const targets = fc.tuple(fc.nat(3), fc.nat(3)).map(([one, other]) => [one, one, other]);
    const property = fc.asyncProperty(fc.scheduler(), targets, async (scheduler, places) => {
      const { sandbox, ids, clientOf } = start(5);
      const [item = 0, ...linked] = ids;
      for (const id of linked) await clientOf().relations.add(item, { rel: RelationType.related, id });
      const fetch = scheduler.scheduleFunction(async (...given: Parameters<typeof globalThis.fetch>) =>
        sandbox.fetch(...given),
      );
      const removing = places.map((place, index) =>
        clientOf(fetch, index === 1 ? person : 0).relations.remove(item, { id: linked[place] }),
      );
      await scheduler.waitFor(Promise.all(removing));
      const left = linked.filter((_id, place) => !places.includes(place)).map(String);
      const now = await relatedTo(clientOf(), item);
      expect(now).toEqual(expect.arrayContaining(left));
      // A link that one writer took by mistake, and puts back, may be one that another meant to remove.
      if (new Set(places).size === 1) expect(now).toHaveLength(left.length);
    });
    await fc.assert(property, { numRuns: 25 });
  },
);

/** What a writer does with the links of its own. */
type Step = { kind: 'add' | 'remove' | 'adopt'; target: number };

test('two writers of one item, in any order of their requests: nothing is lost, nothing is there that nobody added', async () => {
  const steps = fc.array(
    fc.record({ kind: fc.constantFrom('add', 'remove', 'adopt' as const), target: fc.nat(2) }),
    { minLength: 1, maxLength: 6 },
  );
  const property = fc.asyncProperty(fc.scheduler(), steps, steps, async (scheduler, ...plans) => {
    const { sandbox, ids, clientOf } = start(7);
    const [item = 0, ...others] = ids;
    const fetch = scheduler.scheduleFunction(async (...given: Parameters<typeof globalThis.fetch>) =>
      sandbox.fetch(...given),
    );
    const write = async (plan: readonly Step[], targets: readonly number[]): Promise<number[]> => {
      const client = clientOf(fetch);
      const mine = new Set<number>();
      for (const { kind, target } of plan) {
        const id = targets[target] ?? 0;
        if (kind === 'adopt') await client.relations.setParent(item, id);
        else if (kind === 'remove') await client.relations.remove(item, { rel: RelationType.related, id });
        else if (!mine.has(id)) await client.relations.add(item, { rel: RelationType.related, id });
        if (kind === 'add') mine.add(id);
        if (kind === 'remove') mine.delete(id);
      }
      return [...mine];
    };
    const writing = Promise.all(
      plans.map((plan, index) => write(plan, others.slice(index * 3, index * 3 + 3))),
    );
    const kept = (await scheduler.waitFor(writing)).flat();
    const now = await clientOf().workItems.get(item, { expand: 'relations' });
    const related = (now.relations ?? []).filter(({ rel }) => rel === RelationType.related);
    const there = related.map(({ url }) => Number(/\d+$/.exec(url)?.[0]));
    expect(there).toEqual(expect.arrayContaining(kept));
    expect(new Set(there).size).toBe(there.length);
    // A link that one writer took by mistake, and puts back, may be one that the other meant to remove.
    const removed = plans.flatMap((plan, index) =>
      plans[1 - index]?.some(({ kind }) => kind !== 'add')
        ? plan.flatMap(({ kind, target }) => (kind === 'remove' ? [others[index * 3 + target]] : []))
        : [],
    );
    expect([...kept, ...removed]).toEqual(expect.arrayContaining(there));
    const parents = plans.map((plan, index) => {
      const last = plan.findLast(({ kind }) => kind === 'adopt');
      return last && others[index * 3 + last.target];
    });
    const wanted = parents.filter((parent) => parent !== undefined);
    if (wanted.length > 0) expect(wanted).toContain(parentIdOf(now));
    expect(childIdsOf(now)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);
