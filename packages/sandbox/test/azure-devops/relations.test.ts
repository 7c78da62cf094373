import { describe, expect, test } from 'vitest';
import { adding, type CallApi, createTask, linking, setUp } from './support/setup.ts';

const PARENT = 'System.LinkTypes.Hierarchy-Reverse';
const CHILD = 'System.LinkTypes.Hierarchy-Forward';

interface Shown {
  readonly rev: number;
  readonly fields: Record<string, unknown>;
  readonly relations?: { rel: string; url: string; attributes: Record<string, unknown> }[];
}

async function show(api: CallApi, id: number): Promise<Shown> {
  return (await api(`GET /_apis/wit/workitems/${id}?$expand=relations`)).json as Shown;
}

describe('links between work items', () => {
  test('are seen from both ends, and make no revision at either', async () => {
    const { api } = setUp();
    const [mother, daughter] = [await createTask(api), await createTask(api)];
    const { status } = await api(`PATCH /_apis/wit/workitems/${daughter}`, [
      linking(PARENT.toUpperCase(), mother),
    ]);
    expect(status).toBe(200);
    expect(await show(api, daughter)).toMatchObject({
      rev: 1,
      fields: { 'System.Parent': mother },
      relations: [
        {
          rel: PARENT,
          url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${mother}`,
          attributes: { isLocked: false },
        },
      ],
    });
    expect(await show(api, mother)).toMatchObject({
      rev: 1,
      relations: [{ rel: CHILD, url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${daughter}` }],
    });
  });

  test('are part of a creation', async () => {
    const { api } = setUp();
    const mother = await createTask(api);
    const { json } = await api('POST /Fabrikam/_apis/wit/workitems/$Task', [
      ...adding({ 'System.Title': 'x' }),
      linking(PARENT, mother),
    ]);
    expect(json).toMatchObject({ rev: 1, fields: { 'System.Parent': mother }, relations: [{ rel: PARENT }] });
  });

  test('are removed and commented by their index', async () => {
    const { api } = setUp();
    const [one, two, three] = [await createTask(api), await createTask(api), await createTask(api)];
    const route = `PATCH /_apis/wit/workitems/${one}`;
    await api(route, [linking('System.LinkTypes.Related', two), linking('System.LinkTypes.Related', three)]);
    await api(route, [{ op: 'replace', path: '/relations/1/attributes/comment', value: 'why' }]);
    expect((await show(api, three)).relations).toMatchObject([{ attributes: { comment: 'why' } }]);
    await api(route, [{ op: 'remove', path: '/relations/0' }]);
    expect((await show(api, one)).relations).toHaveLength(1);
    expect(await show(api, two)).not.toHaveProperty('relations');
    expect((await api(route, [{ op: 'remove', path: '/relations/1' }])).status).toBe(400);
  });

  test.each([
    ['a second parent', PARENT, 'WorkItemLinkAddExtraParentException', 400],
    ['a child that has a parent', CHILD, 'WorkItemLinkAddExtraParentException', 400],
  ])('%s is refused', async (_, rel, typeKey, status) => {
    const { api } = setUp();
    const [one, two, three] = [await createTask(api), await createTask(api), await createTask(api)];
    await api(`PATCH /_apis/wit/workitems/${one}`, [linking(PARENT, two)]);
    const [from, to] = rel === PARENT ? [one, three] : [three, one];
    expect(await api(`PATCH /_apis/wit/workitems/${from}`, [linking(rel, to)])).toMatchObject({
      status,
      json: { typeKey },
    });
  });

  test('to itself, twice, in a circle, of no known kind or to nothing are refused', async () => {
    const { api } = setUp();
    const [one, two] = [await createTask(api), await createTask(api)];
    await api(`PATCH /_apis/wit/workitems/${one}`, [linking(PARENT, two)]);
    const refused = async (from: number, step: object): Promise<number> =>
      (await api(`PATCH /_apis/wit/workitems/${from}`, [step])).status;
    expect(await refused(one, linking('System.LinkTypes.Related', one))).toBe(400);
    expect(await refused(one, linking(PARENT, two))).toBe(400);
    expect(await refused(two, linking(PARENT, one))).toBe(400);
    expect(await refused(one, linking('System.LinkTypes.Friend', two))).toBe(400);
    expect(await refused(one, linking('System.LinkTypes.Related', 99))).toBe(404);
  });
});

describe('links to pages', () => {
  test('make a revision, when they come and when they go', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const value = { rel: 'Hyperlink', url: 'https://example.com/', attributes: { comment: 'see' } };
    await api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'add', path: '/relations/-', value }]);
    expect(await show(api, id)).toMatchObject({
      rev: 2,
      relations: [
        {
          rel: 'Hyperlink',
          url: 'https://example.com/',
          attributes: { comment: 'see', id: expect.any(Number) },
        },
      ],
    });
    await api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'remove', path: '/relations/0' }]);
    expect(await show(api, id)).toMatchObject({ rev: 3 });
  });
});

describe('links to artifacts', () => {
  test.each([
    ['without a name', {}, 'vstfs:///Build/Build/1', 'name'],
    ['with a name that nobody knows', { name: 'Bild' }, 'vstfs:///Build/Build/1', 'TF401028'],
    ['to a web page', { name: 'Build' }, 'https://example.com/', 'artifact'],
  ])('%s are refused', async (_, attributes, url, said) => {
    const { api } = setUp();
    const id = await createTask(api);
    const value = { rel: 'ArtifactLink', url, attributes };
    expect(
      await api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'add', path: '/relations/-', value }]),
    ).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining(said) },
    });
  });
});

test('lists the kinds of relations', async () => {
  const { api } = setUp();
  expect((await api('GET /_apis/wit/workitemrelationtypes')).json).toMatchObject({ count: 18 });
  expect((await api(`GET /_apis/wit/workitemrelationtypes/${PARENT}`)).json).toMatchObject({
    referenceName: PARENT,
    name: 'Parent',
    attributes: {
      usage: 'workItemLink',
      topology: 'tree',
      isForward: false,
      oppositeEndReferenceName: CHILD,
    },
  });
});
