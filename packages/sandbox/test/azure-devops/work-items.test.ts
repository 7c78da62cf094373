import { describe, expect, test } from 'vitest';
import { adding, type CallApi, createTask, setUp } from './support/setup.ts';

const CREATE = '/Fabrikam/_apis/wit/workitems';

async function fieldsOf(api: CallApi, id: number): Promise<Record<string, unknown>> {
  const { json } = await api(`GET /_apis/wit/workitems/${id}`);
  return (json as { fields: Record<string, unknown> }).fields;
}

describe('creating a work item', () => {
  test('gives it the first state of its type, defaults, and who and when', async () => {
    const { api } = setUp();
    const { status, json } = await api(`POST ${CREATE}/$Bug`, adding({ 'System.Title': 'It breaks' }));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: 1,
      rev: 1,
      url: 'https://dev.azure.com/fabrikam/_apis/wit/workItems/1',
      fields: {
        'System.AreaPath': 'Fabrikam',
        'System.TeamProject': 'Fabrikam',
        'System.IterationPath': 'Fabrikam',
        'System.WorkItemType': 'Bug',
        'System.State': 'New',
        'System.Title': 'It breaks',
        'System.CreatedDate': '2026-11-22T10:00:00Z',
        'System.CreatedBy': { uniqueName: 'jamal@fabrikam.example', displayName: 'Jamal Hartnett' },
        'Microsoft.VSTS.Common.Priority': 2,
        'Microsoft.VSTS.Common.Severity': '3 - Medium',
        'System.CommentCount': 0,
      },
    });
    expect(json).not.toHaveProperty('relations');
    expect((json as { fields: object }).fields).not.toHaveProperty('System.AssignedTo');
  });

  test('matches types with blanks, in any case, and with an encoded $', async () => {
    const { api } = setUp();
    for (const type of ['$user%20story', '%24User%20Story']) {
      const { json } = await api(`POST ${CREATE}/${type}`, adding({ 'System.Title': 'x' }));
      expect(json).toMatchObject({ fields: { 'System.WorkItemType': 'User Story' } });
    }
  });

  test('needs a title, a project and a type that exists', async () => {
    const { api } = setUp();
    expect(await api(`POST ${CREATE}/$Task`, adding({ 'System.Tags': 'a' }))).toMatchObject({
      status: 400,
      json: {
        typeKey: 'RuleValidationException',
        message: 'TF401320: Rule Error for field Title. Error code: Required, InvalidEmpty.',
        customProperties: { RuleValidationErrors: [{ fieldReferenceName: 'System.Title' }] },
      },
    });
    const body = adding({ 'System.Title': 'x' });
    expect(await api(`POST ${CREATE}/$Wish`, body)).toMatchObject({
      status: 404,
      json: { typeKey: 'WorkItemTypeNotFoundException' },
    });
    expect((await api('POST /_apis/wit/workitems/$Task', body)).status).toBe(404);
  });

  test('only validates, if that is all it should do', async () => {
    const { sandbox, api } = setUp();
    const { status, json } = await api(
      `POST ${CREATE}/$Task?validateOnly=true`,
      adding({ 'System.Title': 'x' }),
    );
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('id');
    expect((await api(`POST ${CREATE}/$Task?validateOnly=true`, adding({ 'System.Tags': 'x' }))).status).toBe(
      400,
    );
    expect(sandbox.azureDevOps.testUser().all()).toEqual([]);
  });

  test('takes nothing but a JSON Patch', async () => {
    const { api } = setUp();
    const wrongType = await api(`POST ${CREATE}/$Task`, adding({ 'System.Title': 'x' }), {
      headers: { 'content-type': 'application/json' },
    });
    expect(wrongType.status).toBe(415);
    expect((await api(`POST ${CREATE}/$Task`, [])).status).toBe(400);
    expect((await api(`POST ${CREATE}/$Task`, [{ op: 'set', path: '/fields/System.Title' }])).status).toBe(
      400,
    );
    expect((await api(`POST ${CREATE}/$Task`, [{ op: 'add', path: 'fields' }])).status).toBe(400);
  });

  test('takes operations by number, as azure-devops-node-api sends them', async () => {
    const { api } = setUp();
    const body = [{ op: 0, path: '/fields/System.Title', value: 'x' }];
    expect((await api(`POST ${CREATE}/$Task`, body)).status).toBe(200);
  });

  test('does not let anybody bypass the rules', async () => {
    const { api } = setUp();
    expect(await api(`POST ${CREATE}/$Task?bypassRules=true`, adding({ 'System.Title': 'x' }))).toMatchObject(
      {
        status: 403,
        json: { typeKey: 'PermissionDeniedException' },
      },
    );
  });
});

describe('updating a work item', () => {
  test('makes a revision, with who and when', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    sandbox.clock.advance(60_000);
    const norman = sandbox.azureDevOps.testUser().update(id, { 'System.Title': 'y' }, 'Norman Paulk');
    expect(norman).toMatchObject({
      rev: 2,
      fields: {
        'System.Title': 'y',
        'System.ChangedBy': { displayName: 'Norman Paulk' },
        'System.CreatedBy': { displayName: 'Jamal Hartnett' },
        'System.ChangedDate': '2026-11-22T10:01:00Z',
      },
    });
  });

  test('that changes nothing makes none', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Title': 'A task' }))).toMatchObject(
      { json: { rev: 1 } },
    );
  });

  test('fails as a whole where the revision is another one', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const patch = [{ op: 'test', path: '/rev', value: 1 }, ...adding({ 'System.Title': 'y' })];
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, patch)).toMatchObject({
      status: 200,
      json: { rev: 2 },
    });
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, patch)).toMatchObject({
      status: 412,
      json: {
        typeKey: 'TestPatchOperationFailedException',
        message: 'VS403351: Test Operation for path /rev failed.',
      },
    });
  });

  test('is atomic: one bad step, and nothing happened', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const patch = adding({ 'System.Title': 'y', 'System.State': 'Nope' });
    expect((await api(`PATCH /_apis/wit/workitems/${id}`, patch)).status).toBe(400);
    expect(await fieldsOf(api, id)).toMatchObject({ 'System.Title': 'A task' });
  });

  test('tests fields, too', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const isState = (value: string): object => ({ op: 'test', path: '/fields/System.State', value });
    expect((await api(`PATCH /_apis/wit/workitems/${id}`, [isState('New')])).status).toBe(200);
    expect((await api(`PATCH /_apis/wit/workitems/${id}`, [isState('Active')])).status).toBe(412);
  });

  test('clears a field by removing it, by null and by an empty text: it is absent then', async () => {
    const { api } = setUp();
    const steps = [
      { op: 'remove', path: '/fields/System.Description' },
      { op: 'add', path: '/fields/System.Description', value: null },
      { op: 'replace', path: '/fields/System.Description', value: '' },
    ];
    for (const step of steps) {
      const id = await createTask(api, { 'System.Description': 'x' });
      expect((await api(`PATCH /_apis/wit/workitems/${id}`, [step])).status).toBe(200);
      expect(await fieldsOf(api, id)).not.toHaveProperty('System.Description');
    }
  });

  test('with validateOnly answers the item as it is', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const route = `PATCH /_apis/wit/workitems/${id}?validateOnly=true`;
    expect(await api(route, adding({ 'System.Title': 'y' }))).toMatchObject({
      json: { rev: 1, fields: { 'System.Title': 'A task' } },
    });
    expect((await api(route, adding({ 'System.State': 'Nope' }))).status).toBe(400);
  });

  test('of an item that is not there answers the 404 of no permission', async () => {
    const { api } = setUp();
    const answer = {
      status: 404,
      json: {
        $id: '1',
        innerException: null,
        message: 'TF401232: Work item 9 does not exist, or you do not have permissions to read it.',
        typeName:
          'Microsoft.TeamFoundation.WorkItemTracking.Server.WorkItemUnauthorizedAccessException, Microsoft.TeamFoundation.WorkItemTracking.Server',
        typeKey: 'WorkItemUnauthorizedAccessException',
        errorCode: 0,
        eventId: 3200,
      },
    };
    expect(await api('PATCH /_apis/wit/workitems/9', adding({ 'System.Title': 'y' }))).toMatchObject(answer);
    expect(await api('GET /_apis/wit/workitems/9')).toMatchObject(answer);
  });

  test('stops at 10,000 revisions with a 500', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    const testUser = sandbox.azureDevOps.testUser();
    for (let rev = 2; rev <= 10_000; rev += 1) testUser.update(id, { 'System.Title': `${rev}` });
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Title': 'y' }))).toMatchObject({
      status: 500,
      json: { message: expect.stringContaining('has 10000 revisions') },
    });
  });
});

describe('states', () => {
  test('bring a reason, dates and people along', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.State': 'active' }));
    expect(await fieldsOf(api, id)).toMatchObject({
      'System.State': 'Active',
      'System.Reason': 'Moved to state Active',
      'Microsoft.VSTS.Common.ActivatedDate': '2026-11-22T10:00:00Z',
      'Microsoft.VSTS.Common.ActivatedBy': { displayName: 'Jamal Hartnett' },
    });
    sandbox.clock.advance(1000);
    await api(
      `PATCH /_apis/wit/workitems/${id}`,
      adding({ 'System.State': 'Closed', 'System.Reason': 'Cut' }),
    );
    expect(await fieldsOf(api, id)).toMatchObject({
      'System.Reason': 'Cut',
      'Microsoft.VSTS.Common.ClosedDate': '2026-11-22T10:00:01Z',
    });
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.State': 'New' }));
    expect(await fieldsOf(api, id)).not.toHaveProperty('Microsoft.VSTS.Common.ClosedDate');
  });
});

describe('moving and changing the type', () => {
  test('moves with project, area and iteration', async () => {
    const { api } = setUp({ seed: 0 });
    const id = await createTask(api);
    const move = {
      'System.TeamProject': 'Tailwind',
      'System.AreaPath': 'Tailwind\\Web',
      'System.IterationPath': 'Tailwind',
      'System.State': 'To Do',
    };
    expect(await api(`PATCH /_apis/wit/workitems/${id}`, adding(move))).toMatchObject({
      status: 200,
      json: { fields: { 'System.TeamProject': 'Tailwind', 'System.AreaPath': 'Tailwind\\Web' } },
    });
  });

  test('is refused where area or iteration stay behind', async () => {
    const { api } = setUp({ seed: 0 });
    const id = await createTask(api);
    expect(
      await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.TeamProject': 'Tailwind' })),
    ).toMatchObject({
      status: 400,
      json: { typeKey: 'WorkItemFieldInvalidTreeNameException', message: expect.stringMatching(/^TF401347/) },
    });
  });

  test('changes the type where the state fits', async () => {
    const { api } = setUp({ seed: 0 });
    const { json } = await api('POST /Tailwind/_apis/wit/workitems/$Bug', adding({ 'System.Title': 'x' }));
    const route = `PATCH /_apis/wit/workitems/${(json as { id: number }).id}`;
    expect((await api(route, adding({ 'System.WorkItemType': 'Task' }))).status).toBe(400);
    expect(
      await api(route, adding({ 'System.WorkItemType': 'Task', 'System.State': 'To Do' })),
    ).toMatchObject({
      status: 200,
      json: { rev: 2, fields: { 'System.WorkItemType': 'Task' } },
    });
  });
});
