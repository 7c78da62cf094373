import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { adding, apiOf, ORGANIZATION_URL, setUp, stillSandbox } from './support/setup.ts';

const PATH = `${ORGANIZATION_URL}/_apis/projects?api-version=7.1`;

function ask(
  sandbox: Sandbox,
  headers: Record<string, string>,
  method = 'GET',
  url = PATH,
): Promise<Response> {
  return sandbox.fetch(url, { method, headers });
}

const basic = (pat: string, user = ''): Record<string, string> => ({
  authorization: `Basic ${btoa(`${user}:${pat}`)}`,
});
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

describe('a personal access token', () => {
  test('comes in the old and in the new form, and takes any user name', async () => {
    const sandbox = stillSandbox();
    const [old, current] = [sandbox.azureDevOps.issuePat({ length: 52 }), sandbox.azureDevOps.issuePat()];
    expect(old).toMatch(/^[a-z2-7]{52}$/);
    expect(current).toMatch(/^[a-z2-7]{76}AZDO[a-z2-7]{4}$/);
    expect((await ask(sandbox, basic(old))).status).toBe(200);
    expect((await ask(sandbox, basic(current, 'PAT'))).status).toBe(200);
  });

  test('is good for one organization', async () => {
    const sandbox = stillSandbox({ organizations: ['fabrikam', 'contoso'] });
    const pat = sandbox.azureDevOps.issuePat({ organization: 'contoso' });
    const contoso = PATH.replace('fabrikam', 'contoso');
    expect((await ask(sandbox, basic(pat), 'GET', contoso)).status).toBe(200);
    const refusal = await ask(sandbox, basic(pat));
    expect(refusal.status).toBe(401);
    expect(await refusal.json()).toMatchObject({ typeKey: 'UnauthorizedRequestException' });
  });

  test('expires and can be revoked', async () => {
    const sandbox = stillSandbox();
    const pat = sandbox.azureDevOps.issuePat({ expiresIn: 60 });
    const other = sandbox.azureDevOps.issuePat();
    sandbox.clock.advance(60_000);
    expect((await ask(sandbox, basic(pat))).status).toBe(203);
    sandbox.azureDevOps.revokePats('norman@fabrikam.example');
    expect((await ask(sandbox, basic(other))).status).toBe(200);
    sandbox.azureDevOps.revokePats();
    expect((await ask(sandbox, basic(other))).status).toBe(203);
  });

  test('for work items does not show projects', async () => {
    const sandbox = stillSandbox();
    const api = apiOf(sandbox, sandbox.azureDevOps.issuePat({ scope: 'vso.work_write' }));
    expect((await api('GET /_apis/wit/fields')).status).toBe(200);
    expect((await api('GET /_apis/projects')).status).toBe(403);
    expect(() => sandbox.azureDevOps.issuePat({ scope: 'vso.everything' })).toThrow(RangeError);
  });

  test('for reading reads, also by POST, and is refused to write', async () => {
    const sandbox = stillSandbox();
    const api = apiOf(sandbox, sandbox.azureDevOps.issuePat({ scope: 'vso.work' }));
    const query = { query: 'SELECT [System.Id] FROM WorkItems' };
    expect((await api('POST /_apis/wit/wiql', query)).status).toBe(200);
    const refusal = await api('POST /Fabrikam/_apis/wit/workitems/$Task', adding({ 'System.Title': 'x' }));
    expect(refusal).toMatchObject({
      status: 403,
      json: { message: expect.stringMatching(/^TF400813: The user 'Jamal/) },
    });
  });
});

describe('a credential that is not good', () => {
  test.each(['GET', 'POST'])('gets the sign-in page with 203 for %s', async (method) => {
    const response = await ask(stillSandbox(), basic('wrong'), method);
    expect(response.status).toBe(203);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('Sign In');
  });

  test.each(['PATCH', 'DELETE', 'PUT'])('gets a 401 with TF400813 for %s', async (method) => {
    const response = await ask(stillSandbox(), bearer('wrong'), method);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      message: "TF400813: The user '' is not authorized to access this resource.",
      typeKey: 'UnauthorizedRequestException',
      eventId: 3000,
    });
  });

  test('is a redirect to the sign-in page where there is none at all', async () => {
    const sandbox = stillSandbox();
    const response = await ask(sandbox, {});
    expect(response.status).toBe(302);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/app\.vssps\.visualstudio\.com\/_signin\?/);
    expect((await sandbox.fetch(location)).status).toBe(200);
  });

  test('is a 401 for a client that does not want to be redirected', async () => {
    const response = await ask(stillSandbox(), { 'x-tfs-fedauthredirect': 'Suppress' });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['page', 203],
    ['redirect', 302],
    ['unauthorized', 401],
  ] as const)('is answered in one way, if the test says so: %s', async (refusals, status) => {
    const sandbox = stillSandbox({ refusals });
    for (const method of ['GET', 'PATCH']) {
      expect((await ask(sandbox, bearer('x'), method)).status).toBe(status);
      expect((await ask(sandbox, {}, method)).status).toBe(status);
    }
  });
});

describe('a bearer token', () => {
  test('is accepted in every organization of the tenant until it expires', async () => {
    const sandbox = stillSandbox({ organizations: ['fabrikam', 'contoso'] });
    const { accessToken } = sandbox.azureDevOps.issueToken();
    const contoso = PATH.replace('fabrikam', 'contoso');
    expect((await ask(sandbox, bearer(accessToken), 'GET', contoso)).status).toBe(200);
    sandbox.clock.advance(3_598_000);
    expect((await ask(sandbox, bearer(accessToken))).status).toBe(200);
    sandbox.clock.advance(1000);
    expect((await ask(sandbox, bearer(accessToken))).status).toBe(203);
  });

  test('is refused by an organization that allows no apps', async () => {
    const sandbox = stillSandbox();
    const { accessToken } = sandbox.azureDevOps.issueToken();
    sandbox.azureDevOps.allowOAuth(false);
    expect((await ask(sandbox, bearer(accessToken))).status).toBe(401);
    expect((await ask(sandbox, basic(sandbox.azureDevOps.issuePat()))).status).toBe(200);
    sandbox.azureDevOps.allowOAuth(true);
    expect((await ask(sandbox, bearer(accessToken))).status).toBe(200);
  });

  test('can be expired and revoked by the test', async () => {
    const sandbox = stillSandbox();
    const first = sandbox.azureDevOps.issueToken();
    sandbox.azureDevOps.expireAccessTokens();
    expect((await ask(sandbox, bearer(first.accessToken))).status).toBe(203);
    const second = sandbox.azureDevOps.issueToken();
    sandbox.azureDevOps.revokeGrants();
    expect((await ask(sandbox, bearer(second.accessToken))).status).toBe(203);
  });
});

describe('addresses', () => {
  test('also have the old form, with and without the default collection', async () => {
    const sandbox = stillSandbox();
    const headers = basic(sandbox.azureDevOps.issuePat());
    for (const base of [
      'https://fabrikam.visualstudio.com',
      'https://fabrikam.visualstudio.com/DefaultCollection',
    ]) {
      const response = await ask(sandbox, headers, 'GET', `${base}/_apis/projects?api-version=7.1`);
      expect(await response.json()).toMatchObject({ count: 1, value: [{ name: 'Fabrikam' }] });
    }
  });

  test('name projects by name or id, in any case', async () => {
    const { sandbox, api } = setUp();
    const [project] = sandbox.azureDevOps.organization.projects;
    for (const name of [project?.id, 'fabrikam', 'FABRIKAM']) {
      expect((await api(`GET /${name}/_apis/wit/workitemtypes`)).status).toBe(200);
    }
    expect(await api('GET /nowhere/_apis/wit/workitemtypes')).toMatchObject({
      status: 404,
      json: { typeKey: 'ProjectDoesNotExistWithNameException' },
    });
  });

  test('of an unknown organization end on a page', async () => {
    const sandbox = stillSandbox();
    const response = await ask(sandbox, {}, 'GET', 'https://dev.azure.com/nobody/_apis/projects');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  });
});

describe('the api-version', () => {
  test('may come in the Accept header, and may be left out for reads only', async () => {
    const { api } = setUp();
    const accept = { headers: { accept: 'application/json;api-version=7.1-preview.3' }, version: '' };
    const body = adding({ 'System.Title': 'x' });
    expect((await api('POST /Fabrikam/_apis/wit/workitems/$Task', body, accept)).status).toBe(200);
    expect((await api('GET /_apis/wit/workitems/1', undefined, { version: '' })).status).toBe(200);
    expect(await api('POST /Fabrikam/_apis/wit/workitems/$Task', body, { version: '' })).toMatchObject({
      status: 400,
      json: { typeKey: 'VssVersionNotSpecifiedException' },
    });
  });

  test.each([
    ['7.2', 'VssInvalidPreviewVersionException'],
    ['8.0', 'VssVersionOutOfRangeException'],
    ['latest', 'VssVersionOutOfRangeException'],
  ])('%s is refused', async (version, typeKey) => {
    const { api } = setUp();
    expect(await api('GET /_apis/wit/fields', undefined, { version })).toMatchObject({
      status: 400,
      json: { typeKey },
    });
  });

  test('of comments must be a preview', async () => {
    const { sandbox, api } = setUp();
    const { id } = sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    const route = `GET /Fabrikam/_apis/wit/workItems/${id}/comments`;
    expect((await api(route)).status).toBe(400);
    expect((await api(route, undefined, { version: '7.1-preview.4' })).status).toBe(200);
  });
});
