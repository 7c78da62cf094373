import { describe, expect, test } from 'vitest';
import { adding, createTask, setUp } from './support/setup.ts';

test('a tag that is new takes a right of its own', async () => {
  const { sandbox, api } = setUp();
  await createTask(api, { 'System.Tags': 'known' });
  sandbox.azureDevOps.allowNewTags(false);
  await createTask(api, { 'System.Tags': 'Known' });
  const body = adding({ 'System.Title': 'x', 'System.Tags': 'unheard-of' });
  expect(await api('POST /Fabrikam/_apis/wit/workitems/$Task', body)).toMatchObject({
    status: 403,
    json: { message: expect.stringContaining('TF401289') },
  });
});

test.each([
  [255, 200],
  [256, 400],
])('a title of %i characters: %i', async (length, status) => {
  const { api } = setUp();
  const body = adding({ 'System.Title': 'x'.repeat(length) });
  expect((await api('POST /Fabrikam/_apis/wit/workitems/$Task', body)).status).toBe(status);
});

describe('tags', () => {
  test('are added by add, and replaced by replace', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api, { 'System.Tags': 'Tag0' });
    const tags = (): unknown => sandbox.azureDevOps.testUser().get(id)?.fields['System.Tags'];
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Tags': 'Tag1; Tag2' }));
    expect(tags()).toBe('Tag0; Tag1; Tag2');
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Tags': 'TAG1' }));
    expect(tags()).toBe('Tag0; Tag1; Tag2');
    await api(`PATCH /_apis/wit/workitems/${id}`, [
      { op: 'replace', path: '/fields/System.Tags', value: 'Tag2' },
    ]);
    expect(tags()).toBe('Tag2');
    await api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'remove', path: '/fields/System.Tags' }]);
    expect(tags()).toBeUndefined();
  });

  test('are at most 100, of 400 characters', async () => {
    const { api } = setUp();
    const tags = (count: number): string =>
      Array.from({ length: count }, (_, index) => `t${index}`).join('; ');
    const id = await createTask(api, { 'System.Tags': tags(100) });
    const route = `PATCH /_apis/wit/workitems/${id}`;
    expect(await api(route, adding({ 'System.Tags': 'one more' }))).toMatchObject({
      status: 400,
      json: { typeKey: 'WorkItemTagLimitExceededException' },
    });
    expect(
      await api(route, [{ op: 'replace', path: '/fields/System.Tags', value: 'x'.repeat(401) }]),
    ).toMatchObject({
      status: 400,
      json: { typeKey: 'InvalidTagNameException' },
    });
  });
});

describe('identities', () => {
  test.each([
    'Norman Paulk',
    'norman@fabrikam.example',
    'Norman Paulk <norman@fabrikam.example>',
    { uniqueName: 'Norman@fabrikam.example' },
    { id: '7b3c1a52-6f0e-4d0b-9a53-0d4f2f1c7e11' },
    { displayName: 'Norman Paulk' },
  ])('are taken as %o and given as an object', async (value) => {
    const { sandbox, api } = setUp();
    const id = await createTask(api, { 'System.AssignedTo': value });
    expect(sandbox.azureDevOps.testUser().get(id)?.fields['System.AssignedTo']).toMatchObject({
      displayName: 'Norman Paulk',
      uniqueName: 'norman@fabrikam.example',
      descriptor: expect.stringMatching(/^aad\./),
    });
  });

  test('are taken away by an empty text', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api, { 'System.AssignedTo': 'Norman Paulk' });
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.AssignedTo': '' }));
    expect(sandbox.azureDevOps.testUser().get(id)?.fields).not.toHaveProperty('System.AssignedTo');
  });

  test('that nobody has are refused', async () => {
    const { api } = setUp();
    const answer = await api(
      'POST /Fabrikam/_apis/wit/workitems/$Task',
      adding({ 'System.Title': 'x', 'System.AssignedTo': 'Nobody' }),
    );
    expect(answer).toMatchObject({
      status: 400,
      json: { typeKey: 'RuleValidationException', message: expect.stringContaining('unknown identity') },
    });
  });

  test('do not fit other fields', async () => {
    const { api } = setUp();
    const answer = await api(
      'POST /Fabrikam/_apis/wit/workitems/$Task',
      adding({ 'System.Title': { displayName: 'x' } }),
    );
    expect(answer).toMatchObject({ status: 400, json: { typeKey: 'IdentityRefNotAcceptedException' } });
  });
});

describe('values', () => {
  test('are kept in the type of their field', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api, {
      'microsoft.vsts.common.priority': '1',
      'Microsoft.VSTS.Scheduling.RemainingWork': 2.5,
      'Custom.Blocked': 'true',
      'Microsoft.VSTS.Scheduling.StartDate': '2026-11-22T10:00:00',
      'Custom.ReleaseTrain': '2027-q1',
    });
    expect(sandbox.azureDevOps.testUser().get(id)?.fields).toMatchObject({
      'Microsoft.VSTS.Common.Priority': 1,
      'Microsoft.VSTS.Scheduling.RemainingWork': 2.5,
      'Custom.Blocked': true,
      'Microsoft.VSTS.Scheduling.StartDate': '2026-11-22T10:00:00Z',
      'Custom.ReleaseTrain': '2027-Q1',
    });
  });

  test.each([
    ['Microsoft.VSTS.Common.Priority', 9, 'RuleValidationException'],
    ['Microsoft.VSTS.Common.Priority', 1.5, 'RuleValidationException'],
    ['Microsoft.VSTS.Common.Priority', 'high', 'RuleValidationException'],
    ['Microsoft.VSTS.Common.Severity', '5 - Cosmetic', 'RuleValidationException'],
    ['Microsoft.VSTS.Scheduling.StartDate', 'soon', 'RuleValidationException'],
    ['Custom.Blocked', 'maybe', 'RuleValidationException'],
    ['Custom.ReleaseTrain', '2031-Q1', 'RuleValidationException'],
    ['System.Title', 'x'.repeat(256), 'RuleValidationException'],
    ['System.Description', 'x'.repeat(1_000_001), 'RuleValidationException'],
    ['System.CreatedDate', '2026-01-01', 'RuleValidationException'],
    ['System.Id', 7, 'RuleValidationException'],
    ['System.Nothing', 'x', 'WorkItemTrackingFieldDefinitionNotFoundException'],
    ['System.AreaPath', 'Fabrikam\\Nowhere', 'WorkItemFieldInvalidTreeNameException'],
  ])('that do not fit are refused: %s', async (name, value, typeKey) => {
    const { api } = setUp();
    const patch = adding({ 'System.Title': 'x', [name]: value });
    expect(await api('POST /Fabrikam/_apis/wit/workitems/$Bug', patch)).toMatchObject({
      status: 400,
      json: { typeKey },
    });
  });
});

describe('Markdown', () => {
  const format = (value: string, field = 'System.Description'): object => ({
    op: 'add',
    path: `/multilineFieldsFormat/${field}`,
    value,
  });
  const preview = { version: '7.2-preview.3' };

  test('travels with a value, and is told from 7.2 on', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const route = `PATCH /_apis/wit/workitems/${id}`;
    const answer = await api(
      route,
      [...adding({ 'System.Description': '*x*' }), format('Markdown')],
      preview,
    );
    expect(answer).toMatchObject({
      json: { rev: 2, multilineFieldsFormat: { 'System.Description': 'markdown' } },
    });
    expect((await api(`GET /_apis/wit/workitems/${id}`)).json).not.toHaveProperty('multilineFieldsFormat');
    await api(route, adding({ 'System.Description': '*y*' }), preview);
    expect((await api(`GET /_apis/wit/workitems/${id}`, undefined, preview)).json).toHaveProperty(
      'multilineFieldsFormat',
    );
  });

  test.each([
    ['without a value', [format('Markdown')], /^VS403319/],
    [
      'for a short text',
      [...adding({ 'System.Title': 'y' }), format('Markdown', 'System.Title')],
      /not supported for the field System.Title/,
    ],
    ['in a language nobody knows', [...adding({ 'System.Description': 'y' }), format('Textile')], /Textile/],
  ])('is refused %s', async (_, patch, message) => {
    const { api } = setUp();
    const id = await createTask(api);
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, patch, preview)).toMatchObject({
      status: 400,
      json: { message: expect.stringMatching(message) },
    });
  });

  test('does not go back to HTML', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const route = `PATCH /_apis/wit/workitems/${id}`;
    await api(route, [...adding({ 'System.Description': '*x*' }), format('Markdown')], preview);
    expect(
      (await api(route, [...adding({ 'System.Description': 'y' }), format('Html')], preview)).status,
    ).toBe(400);
  });
});

test.each(['60', 'Task 5', '2026', '1/2', '2026-13-01'])('%s is no date', async (text) => {
  const { api } = setUp();
  const fields = { 'System.Title': 'x', 'Microsoft.VSTS.Scheduling.DueDate': text };
  expect((await api('POST /Fabrikam/_apis/wit/workitems/$Task', adding(fields))).status).toBe(400);
  const query = `SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > '${text}'`;
  expect((await api('POST /_apis/wit/wiql', { query })).status).toBe(400);
  const since = encodeURIComponent(text);
  const reports = ['workitemrevisions', 'workitemlinks'].map((name) => `reporting/${name}`);
  for (const report of reports)
    expect((await api(`GET /_apis/wit/${report}?startDateTime=${since}`)).status).toBe(400);
});
