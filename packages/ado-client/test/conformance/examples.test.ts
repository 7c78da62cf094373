import type { AdoClient, NewWorkItem, WorkItemChanges, WorkItemUpdateOptions } from '@context-sdk/ado-client';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { example, fixturesIn, hasFixtures, skipped, withUnknownFields } from '../support/fixtures.ts';

type Call = (client: AdoClient) => Promise<unknown>;

const update =
  (id: number, changes: WorkItemChanges, options?: WorkItemUpdateOptions): Call =>
  (client) =>
    client.workItems.update(id, changes, options);

/** The person of example 10. */
function person(): never {
  const [, assignment] = example('workItems/PATCH__wit_workitems__taskId_10.json').parameters['body'] as [
    unknown,
    { value: never },
  ];
  return assignment.value;
}

const TASK = 'PATCH__wit_workitems__taskId_';
const BLOG = 'http://blogs.msdn.com/b/bharry/archive/2014/05/12/a-new-api-for-visual-studio-online.aspx';
const SPEC =
  'https://dev.azure.com/fabrikam/_apis/wit/attachments/098a279a-60b9-40a8-868b-b7fd00c0a439?fileName=Spec.txt';

/** Every body of Microsoft's examples, as this client's methods are asked for it. */
const bodies: Record<string, () => Call> = {
  [`${TASK}.json`]: () =>
    update(
      299,
      { areaPath: 'Fabrikam-Fiber-Git\\Website', history: 'Moving to the right area path' },
      { ifRev: 1 },
    ),
  [`${TASK}3.json`]: () => {
    const comment = 'Making a new link for the dependency';
    const add = [{ rel: 'System.LinkTypes.Dependency-forward', id: 300, comment }];
    return update(299, { relations: { add } }, { ifRev: 3 });
  },
  [`${TASK}4.json`]: () => {
    const comment = [{ relation: 2, comment: 'Adding traceability to dependencies' }];
    return update(299, { relations: { comment } }, { ifRev: 3 });
  },
  [`${TASK}5.json`]: () => update(299, { relations: { remove: [2] } }, { ifRev: 3 }),
  [`${TASK}6.json`]: () => {
    const add = [{ rel: 'AttachedFile' as const, url: SPEC, comment: 'Spec for the work' }];
    return update(299, { history: 'Adding the necessary spec', relations: { add } }, { ifRev: 3 });
  },
  [`${TASK}7.json`]: () => update(299, { relations: { remove: [2] } }, { ifRev: 4 }),
  [`${TASK}8.json`]: () => {
    const add = [{ rel: 'Hyperlink' as const, url: BLOG }];
    return update(
      299,
      { history: 'Linking to a blog article for context', relations: { add } },
      { ifRev: 5 },
    );
  },
  [`${TASK}9.json`]: () => update(299, { tags: { add: ['Tag1', 'Tag2'] } }, { ifRev: 6 }),
  [`${TASK}10.json`]: () => update(299, { assignedTo: person() }, { ifRev: 6 }),
  [`${TASK}11.json`]: () => update(299, { assignedTo: 'Jamal Hartnett' }, { ifRev: 6 }),
  [`${TASK}12.json`]: () =>
    update(299, { assignedTo: 'Jamal Hartnett<fabrikamfiber4@hotmail.com>' }, { ifRev: 6 }),
  [`${TASK}13.json`]: () => update(299, { assignedTo: null }, { ifRev: 6 }),
  [`${TASK}14.json`]: () => update(299, { tags: ['Tag1', 'Tag2'] }, { ifRev: 6 }),
  [`${TASK}_bypassRules-true.json`]: () =>
    update(335, { assignedTo: 'Invalid Value' }, { bypassRules: true }),
  [`${TASK}validate_only.json`]: () =>
    update(
      299,
      { title: "ValidationOnly won't patch this title or increase Rev" },
      { ifRev: 1, validateOnly: true },
    ),
  'PATCH__wit_workitems__bug1Id_.json': () => (client) =>
    client.workItems.move(398, { project: 'Fabrikam-Scrum' }),
  'PATCH__wit_workitems__bug1Id_2.json': () => (client) =>
    client.workItems.changeType(398, 'Task', { state: 'To Do' }),
  'POST__wit_workitems_create.json': () => (client) =>
    client.workItems.create({ project: 'p', type: 'Task', title: 'Sample task' } satisfies NewWorkItem),
};

/** `from: null` in an example is nothing that is sent. */
function sent(body: unknown): unknown {
  return (body as Record<string, unknown>[]).map(({ from, ...operation }) =>
    from === null || from === undefined ? operation : { from, ...operation },
  );
}

const writes = fixturesIn('examples/workItems').map((name) => name.replace('examples/workItems/', ''));

describe.skipIf(!hasFixtures)(`Microsoft's examples${skipped}`, () => {
  const names = writes.filter((name) => /^(PATCH|POST)/.test(name));

  test('all of those that write are here', () => {
    expect(names).toEqual(Object.keys(bodies).toSorted());
  });

  test.each(names)('%s: our body is theirs, and their answer is whole', async (name) => {
    const { parameters, responses } = example(`workItems/${name}`);
    for (const answer of [responses['200']?.body, withUnknownFields(responses['200']?.body)]) {
      const { client, requests } = clientOf(() => answer);
      const call = bodies[name]?.();
      expect(await call?.(client)).toEqual(answer);
      expect(requests).toHaveLength(1);
      expect(requests[0]?.json).toEqual(sent(parameters['body']));
      expect(requests[0]?.headers.get('content-type')).toBe('application/json-patch+json');
      expect(requests[0]?.url.searchParams.get('validateOnly')).toBe(
        parameters['validateOnly'] ? 'true' : null,
      );
      expect(requests[0]?.url.searchParams.get('bypassRules')).toBe(
        parameters['bypassRules'] ? 'true' : null,
      );
    }
  });

  const value = (body: unknown): unknown => (body as { value: unknown }).value;
  const whole = (body: unknown): unknown => body;
  const comment = (body: unknown): unknown => ({
    ...(body as object),
    id: (body as { commentId: number }).commentId,
  });
  const reads: [
    name: string,
    call: Call,
    part: (body: unknown) => unknown,
    wrap?: (body: unknown) => unknown,
  ][] = [
    ['workItems/GET__wit_WorkItems_id.json', (client) => client.workItems.get(12), whole],
    ['workItems/GET__wit_WorkItems_id _asOf.json', (client) => client.workItems.get(564), whole],
    ...writes
      .filter((name) => name.startsWith('GET__wit_WorkItems_ids'))
      .map((name): (typeof reads)[number] => [
        `workItems/${name}`,
        async (client) => {
          const body = example(`workItems/${name}`).responses['200']?.body as { value: { id: number }[] };
          return (await client.workItems.getMany(body.value.map(({ id }) => id))).items;
        },
        value,
      ]),
    [
      'workItemsBatch/POST__wit_WorkItemsBatch_ids-_ids__fields-_columns_.json',
      async (client) => (await client.workItems.getMany([297, 299, 300])).items,
      value,
    ],
    ['recycleBin/PATCH__wit_recyclebin_restore.json', (client) => client.workItems.restore(403), whole],
    ['updates/GET__list_of_workitem_updates.json', (client) => client.history.updates(1).toArray(), value],
    [
      'updates/GET__list_of_workitem_updates_paged.json',
      (client) => client.history.updates(1).toArray(),
      value,
    ],
    [
      'updates/GET__list_of_workitem_updates_projectscope.json',
      (client) => client.history.updates(1).toArray(),
      value,
    ],
    ['workItemTypeStates/GET__workitem_type_states.json', (client) => client.types.states('Bug'), value],
    ['workItemRelationTypes/GET__relation_types.json', (client) => client.relations.types(), value],
    ['fields/GET__wit_fields.json', (client) => client.fields.list(), value],
    ['hooks-subscriptions/GET__hooks_subscriptions_.json', (client) => client.subscriptions.list(), value],
    [
      'comments/POST__wit_workitems__taskId__comments_create.json',
      (client) => client.comments.add(299, 'x'),
      comment,
    ],
    [
      'comments/PATCH__wit_workitems__taskId__comments_1.json',
      (client) => client.comments.update(299, 50, 'x'),
      comment,
    ],
    [
      'comments/GET__wit_workitems__issueId__comments_1.json',
      (client) => client.comments.list(1).toArray(),
      (body) =>
        (body as { comments: unknown[] }).comments.map((one) => {
          const { id, commentId } = one as { id?: number; commentId?: number };
          return { ...(one as object), id: id ?? commentId };
        }),
    ],
    [
      'attachments/POST__wit_attachments_fileName-_textFile_.json',
      (client) => client.attachments.upload({ name: 'a.txt', data: 'x' }),
      whole,
    ],
  ];

  test.each(reads)('%s decodes with nothing lost', async (name, call, part) => {
    const { responses } = example(name);
    const body = responses['200']?.body ?? responses['201']?.body;
    for (const wire of [body, withUnknownFields(body)]) {
      const { client } = clientOf(
        ({ url }) => {
          // The second page of the recorded comments is not there.
          return url.searchParams.has('continuationToken') ? { comments: [] } : wire;
        },
        { project: 'Fabrikam' },
      );
      expect(await call(client)).toEqual(part(wire));
    }
  });

  test('wiql/GET__wit_get_id_workitems.json and GET__wit_wiql__queryId_.json give their ids', async () => {
    const { Wiql } = await import('@context-sdk/ado-client');
    for (const name of ['GET__wit_get_id_workitems', 'GET__wit_wiql__queryId_']) {
      const body = example(`wiql/${name}.json`).responses['200']?.body as {
        workItems?: { id: number }[];
        workItemRelations?: { source?: { id: number }; target: { id: number } }[];
      };
      const { client } = clientOf(() => body);
      const text = 'SELECT [System.Id] FROM WorkItems ORDER BY [System.Title]';
      const links = body.workItemRelations?.flatMap(({ source, target }) => [
        ...(source ? [source] : []),
        target,
      ]);
      const wanted = [...new Set((body.workItems ?? links ?? []).map(({ id }) => id))];
      expect(await client.workItems.query(new Wiql(text)).ids().toArray()).toEqual(wanted);
      expect(wanted.length).toBeGreaterThan(1);
    }
  });

  test.each(['DELETE__wit_workitems_id_.json'])(
    'workItems/%s: an answer without content is success',
    async () => {
      const { client } = clientOf(() => new Response(null, { status: 204 }));
      expect(await failure(client.workItems.delete(72))).toBeUndefined();
      expect(await failure(client.workItems.destroy(72))).toBeUndefined();
      expect(
        await failure(client.subscriptions.delete('fd672255-8b6b-4769-9260-beea83d752ce')),
      ).toBeUndefined();
    },
  );
});
