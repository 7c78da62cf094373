import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf } from '../support.ts';
import { fixture, fixturesIn, hasFixtures, skipped } from './support/fixtures.ts';
import { adding, type CallApi, createTask, ORGANIZATION_URL, setUp, stillSandbox } from './support/setup.ts';

/** Ways to each recorded error. */
const errors: Readonly<Record<string, () => Promise<{ status: number; json: unknown }>>> = {
  '400-VS402337-wiql-too-many': async () =>
    setUp({ seed: 20_001 }).api('POST /_apis/wit/wiql', { query: 'SELECT [System.Id] FROM WorkItems' }),
  '400-VS403474-over-200-ids': async () =>
    setUp().api('POST /_apis/wit/workitemsbatch', {
      ids: Array.from({ length: 201 }, (_, index) => index + 1),
    }),
  '401-TF400813-unauthorized': async () => {
    const headers = { authorization: 'Bearer x' };
    const response = await stillSandbox().fetch(`${ORGANIZATION_URL}/_apis/wit/workitems/1`, {
      method: 'PATCH',
      headers,
    });
    return { status: response.status, json: await response.json() };
  },
  '404-TF401232-workitem-not-found': async () => setUp().api('GET /_apis/wit/workitems/27142'),
  '412-VS403351-rev-test-failed': async () => {
    const { api } = setUp();
    const id = await createTask(api);
    return api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'test', path: '/rev', value: 9 }]);
  },
  '429-TF400733-rate-limited': async () => {
    const { sandbox, api } = setUp();
    sandbox.azureDevOps.spend(400);
    return api('GET /_apis/projects');
  },
};

describe.skipIf(!hasFixtures)(`recorded errors${skipped}`, () => {
  test.each(Object.entries(errors))('%s', async (name, provoke) => {
    const { status, json } = await provoke();
    const recorded = fieldsOf(fixture(`errors/${name}.json`));
    expect(status).toBe(recorded['status']);
    expect(json).toEqual(recorded['body']);
  });

  test('has the shape of a broken rule', async () => {
    const { api } = setUp();
    const { json } = await api('POST /Fabrikam/_apis/wit/workitems/$Task', adding({ 'System.Tags': 'x' }));
    const body = fieldsOf(fieldsOf(fixture('errors/400-TF401320-rule-error.json'))['body']);
    expect(Object.keys(fieldsOf(json))).toEqual(Object.keys(body));
    expect(Object.keys(fieldsOf(fieldsOf(json)['customProperties']))).toEqual(
      Object.keys(fieldsOf(body['customProperties'])),
    );
  });

  test('answers the sign-in page', async () => {
    const headers = { authorization: 'Bearer x' };
    const response = await stillSandbox().fetch(`${ORGANIZATION_URL}/_apis/projects`, { headers });
    const recorded = fieldsOf(fixture('errors/203-signin-html.json'));
    expect([response.status, await response.text()]).toEqual([recorded['status'], recorded['bodyText']]);
  });
});

/** Microsoft's example in the words of the sandbox: its projects, people, ids and revisions. */
function translated(
  body: unknown,
  ids: { readonly self: number; readonly other: number },
): readonly object[] {
  const text = JSON.stringify(body)
    .replaceAll('Fabrikam-Fiber-Git\\\\Website', 'Fabrikam\\\\Web')
    .replaceAll('Fabrikam-Fiber-Git', 'Fabrikam')
    .replaceAll('Fabrikam-Scrum', 'Tailwind')
    .replaceAll('fabrikamfiber4@hotmail.com', 'jamal@fabrikam.example')
    .replaceAll(/aad\.YTkz\w+/g, 'aad.ZDI5MWIwYzQtYTA1Yy00ZWE2LThkZjEtNGI0MWQ1ZjM5ZWZm')
    .replaceAll('workItems/300', `workItems/${ids.other}`)
    .replaceAll('workItems/297', `workItems/${ids.other}`);
  return listOf(JSON.parse(text)).map((step) => ({ ...fieldsOf(step) }));
}

/** An item with links at places 0 to 2, as the examples have it, and one to link to. */
async function exampleItem(api: CallApi): Promise<{ self: number; other: number }> {
  const other = await createTask(api);
  const self = await createTask(api);
  const page = (number: number): object => ({
    op: 'add',
    path: '/relations/-',
    value: { rel: 'Hyperlink', url: `https://example.com/${number}` },
  });
  await api(`PATCH /_apis/wit/workitems/${self}`, [page(1), page(2), page(3)]);
  return { self, other };
}

const patches = fixturesIn('examples/workItems').filter((name) => /^(?:PATCH|POST)/.test(name));

describe.skipIf(!hasFixtures)(`Microsoft's examples of changes${skipped}`, () => {
  test.each(patches)('%s', async (name) => {
    const { sandbox, api } = setUp({ seed: 0 });
    const ids = await exampleItem(api);
    const { body, ...parameters } = fieldsOf(fieldsOf(fixture(`examples/workItems/${name}`))['parameters']);
    const file = sandbox.fetch(
      `${ORGANIZATION_URL}/_apis/wit/attachments?fileName=Spec.txt&api-version=7.1`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`:${sandbox.azureDevOps.issuePat()}`)}`,
          'content-type': 'application/octet-stream',
        },
        body: 'x',
      },
    );
    const { url } = (await (await file).json()) as { url: string };
    const patch = translated(body, ids).map((step) => {
      const { path, value } = fieldsOf(step);
      if (path === '/rev') return { ...step, value: 2 };
      return fieldsOf(value)['rel'] === 'AttachedFile'
        ? { ...step, value: { ...fieldsOf(value), url } }
        : step;
    });
    const flags = ['validateOnly', 'bypassRules']
      .filter((flag) => flag in parameters)
      .map((flag) => `?${flag}=true`);
    const isScrum = JSON.stringify(patch).includes('To Do') || JSON.stringify(patch).includes('Tailwind');
    if (isScrum) patch.push({ op: 'add', path: '/fields/System.State', value: 'To Do' });
    const toTailwind = isScrum
      ? adding({
          'System.TeamProject': 'Tailwind',
          'System.AreaPath': 'Tailwind',
          'System.IterationPath': 'Tailwind',
        })
      : [];
    const route = name.startsWith('POST')
      ? 'POST /Fabrikam/_apis/wit/workitems/$Task'
      : `PATCH /_apis/wit/workitems/${ids.self}`;
    const { status } = await api(route + flags.join(''), [...patch, ...toTailwind]);
    expect(status).toBe('bypassRules' in parameters ? 403 : 200);
  });
});
