import { AdoClient, type AdoClientOptions, personalAccessToken } from '@context-sdk/ado-client';
import { type ContextSdkError, ContextSdkError as SdkError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { WorkItemTrackingApi } from 'azure-devops-node-api/WorkItemTrackingApi.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, ITEM, ORGANIZATION, PAT, refused } from '../support/answering.ts';
import { failingServer, type FailingServer } from '../support/failing-server.ts';

/** What plain azure-devops-node-api does (docs/facts/azure-devops.md#the-node-library), and what we do. */
const scenarios: [what: string, theirs: unknown, ours: Partial<ContextSdkError>][] = [
  ['404', null, { code: 'not_found' }],
  ['203 sign-in page', null, { code: 'reauthorization_required' }],
  ['302 to the sign-in page', null, { code: 'reauthorization_required' }],
  ['200 with malformed JSON', null, { code: 'unexpected_response' }],
  ['connection cut in the body', null, { code: 'network' }],
  ['body that stalls', null, { code: 'timeout' }],
  ['401', { statusCode: 401 }, { code: 'reauthorization_required' }],
  ['412', { statusCode: 412 }, { code: 'conflict' }],
  ['409', { statusCode: 409 }, { code: 'conflict' }],
  ['400', { statusCode: 400 }, { code: 'invalid_request' }],
  ['429', { statusCode: 429 }, { code: 'rate_limited' }],
  ['503', { statusCode: 503 }, { code: 'service_unavailable' }],
];

describe('what a failure becomes, beside azure-devops-node-api', () => {
  let server: FailingServer;
  beforeAll(async () => {
    server = await failingServer();
  });
  afterEach(() => server.forget());
  afterAll(() => server.close());

  function ours(options: Partial<AdoClientOptions> = {}): AdoClient {
    return new AdoClient({
      organizationUrl: `${server.url}/fabrikam`,
      allowedHosts: ['127.0.0.1'],
      auth: personalAccessToken(PAT),
      retry: { attempts: 1 },
      timeoutMs: 300,
      ...options,
    });
  }

  test.each(scenarios)('%s: theirs %o, ours %o', async (what, theirs, wanted) => {
    server.answerWith(what);
    const api = new WorkItemTrackingApi(`${server.url}/fabrikam`, [], { socketTimeout: 300 });
    const plain = await api.getWorkItem(42).catch((error: unknown) => error);
    if (theirs === null) expect(plain).toBeNull();
    else expect(plain).toMatchObject(theirs as object);
    const error = await failure(ours().workItems.get(42));
    expect(error).toBeInstanceOf(SdkError);
    expect(error).toMatchObject(wanted);
  });

  test('an update of an item that is not there is null to them, and an error to us', async () => {
    server.answerWith('404');
    const api = new WorkItemTrackingApi(`${server.url}/fabrikam`, [], {});
    expect(await api.updateWorkItem({}, [], 42)).toBeNull();
    await expect(ours().workItems.update(42, { state: 'Done' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the first call is one request instead of four, and ten share connections instead of opening ten', async () => {
    server.answerWith('200');
    const { WebApi, getPersonalAccessTokenHandler } = await import('azure-devops-node-api');
    const webApi = new WebApi(`${server.url}/fabrikam`, getPersonalAccessTokenHandler(PAT));
    const api = await webApi.getWorkItemTrackingApi();
    await api.getWorkItem(42);
    expect(server.seen()).toEqual({ requests: 4, connections: 4 });
    server.forget();
    for (let call = 0; call < 10; call += 1) await api.getWorkItem(42);
    expect(server.seen()).toEqual({ requests: 10, connections: 10 });
    server.forget();
    const client = ours();
    await client.workItems.get(42);
    expect(server.seen().requests).toBe(1);
    for (let call = 0; call < 9; call += 1) await client.workItems.get(42);
    expect(server.seen().requests).toBe(10);
    expect(server.seen().connections).toBeLessThanOrEqual(3);
  });

  test('an abort in the middle of a body ends the call', async () => {
    server.answerWith('body that stalls');
    const controller = new AbortController();
    server.onRequest(() => setImmediate(() => controller.abort(new Error('enough'))));
    await expect(
      ours({ timeoutMs: 10_000 }).workItems.get(42, { signal: controller.signal }),
    ).rejects.toThrow('enough');
  });
});

describe('what a failure tells', () => {
  test('the code, the class, the request, and that a hidden item is a missing one', async () => {
    const { client } = clientOf(() =>
      refused(404, 'WorkItemUnauthorizedAccessException', 'TF401232: Work item 7 does not exist, or …', {
        activityid: 'a-1',
      }),
    );
    const error = await failure(client.workItems.get(7));
    expect(error).toMatchObject({
      name: 'NotFoundError',
      status: 404,
      serviceCode: 'TF401232',
      requestId: 'a-1',
      details: { typeKey: 'WorkItemUnauthorizedAccessException' },
      message: 'azure-devops answered 404 to workItems.get (TF401232: Work item 7 does not exist, or …).',
    });
    expect(await client.workItems.find(7)).toBeUndefined();
  });

  test.each([
    ['a project', () => refused(404, 'ProjectDoesNotExistWithNameException', 'TF200016: No such project.')],
    [
      'an organization',
      () => new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } }),
    ],
    ['a route', () => refused(404, 'VssResourceNotFoundException', 'There is no such resource.')],
  ])('that %s is missing: find() throws', async (_what, answer) => {
    const { client } = clientOf(answer);
    await expect(client.workItems.find(7)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['by itself', { customProperties: { FieldReferenceName: 'Custom.A', ErrorMessage: 'A!' } }, 'Custom.A'],
    [
      'in a rule in a rule',
      {
        customProperties: {
          RuleValidationErrors: [{ ruleValidationErrors: [{ fieldReferenceName: 'Custom.B' }] }],
        },
      },
      'Custom.B',
    ],
    [
      'in its message',
      { message: "TF401347: Invalid tree name given for work item 7, field 'System.AreaPath'." },
      'System.AreaPath',
    ],
    ['in an unknown field', { message: 'TF51535: Cannot find field Custom.Gone.' }, 'Custom.Gone'],
  ])('the field that is wrong, %s', async (_where, body, field) => {
    const { client } = clientOf(() => Response.json({ message: 'No.', ...body }, { status: 400 }));
    await expect(client.workItems.update(7, { state: 'x' })).rejects.toMatchObject({ field });
  });

  test('every rule that a value breaks, by field', async () => {
    const rules = ['Custom.A', 'Custom.B'].map((name) => ({
      fieldReferenceName: name,
      errorMessage: `${name}!`,
    }));
    const body = { message: 'TF401320: Rule Error', typeKey: 'RuleValidationException' };
    const { client } = clientOf(() =>
      Response.json({ ...body, customProperties: { RuleValidationErrors: rules } }, { status: 400 }),
    );
    const error = await failure(client.workItems.create({ project: 'p', type: 'Task', title: 'x' }));
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      field: 'Custom.A',
      serviceCode: 'TF401320',
      details: {
        fieldProblems: [
          { field: 'Custom.A', message: 'Custom.A!' },
          { field: 'Custom.B', message: 'Custom.B!' },
        ],
      },
    });
  });

  test.each([
    [500, '', 'Work item 7 has 10000 revisions. This exceeds the limit.', 'invalid_request'],
    [408, 'WorkItemTrackingQueryTimeoutException', 'VS402335: The query took too long.', 'api_error'],
  ])('%i %s is asked once: it would be the same again', async (status, typeKey, message, code) => {
    const { client, requests } = clientOf(() => refused(status, typeKey, message));
    await expect(client.workItems.get(7)).rejects.toMatchObject({ code, retryable: false });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['scope', 'TF400813: The token lacks the scope vso.project.'],
    ['policy', 'VS403463: The conditional access policy defined by your administrator has failed.'],
  ])('a 401 that says %s ends no connection', async (reason, words) => {
    const header = encodeURIComponent(words).replaceAll('%20', '+');
    const answers = [
      new Response('', { status: 401, headers: { 'x-tfs-serviceerror': header, activityid: 'a-1' } }),
      refused(401, 'UnauthorizedRequestException', words, { activityid: 'a-1' }),
    ];
    for (const answer of answers) {
      const { client, requests } = clientOf(() => answer);
      const error = await failure(client.projects.get('p'));
      const wanted = { code: 'permission_denied', status: 401, requestId: 'a-1', details: { reason } };
      expect(error).toMatchObject({ ...wanted, message: expect.stringContaining(words) });
      expect(String(error)).not.toContain('Entra');
      expect(requests).toHaveLength(1);
    }
  });

  test('a 401 that says expired ends the connection', async () => {
    const words = 'Access Denied: The Personal Access Token used has expired.';
    const { client } = clientOf(() => refused(401, 'UnauthorizedRequestException', words));
    const error = await failure(client.projects.get('p'));
    expect(error).toMatchObject({ code: 'reauthorization_required' });
    expect(String(error)).not.toContain('Entra');
  });

  test('a token without the scope of one route stays good for others', async () => {
    const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', missingScope: 401 } });
    const { id } = sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    const auth = personalAccessToken(sandbox.azureDevOps.issuePat({ scope: 'vso.work' }));
    const client = new AdoClient({ organizationUrl: ORGANIZATION, auth, fetch: sandbox.fetch });
    await expect(client.projects.get('Fabrikam')).rejects.toMatchObject({ details: { reason: 'scope' } });
    expect(await client.workItems.get(id)).toMatchObject({ id });
  });

  test('a 401 about a right of the user is no sign-in', async () => {
    const { client, requests } = clientOf(() => refused(401, 'ReadRulesPermissionException', 'No.'));
    await expect(client.workItems.get(7)).rejects.toMatchObject({ code: 'permission_denied', status: 401 });
    expect(requests).toHaveLength(1);
  });
});

describe('what is tried again', () => {
  test('a 429 of any verb', async () => {
    const { client, requests } = clientOf((_, index) =>
      index === 0 ? refused(429, 'RequestBlockedException', 'TF400733: …', { 'retry-after': '0' }) : ITEM,
    );
    await client.workItems.create({ project: 'p', type: 'Task', title: 'x' });
    expect(requests).toHaveLength(2);
  });

  test('a 503 of what only reads, POST or not', async () => {
    const { client, requests } = clientOf((_, index) =>
      index === 0 ? new Response('', { status: 503 }) : { value: [ITEM], workItems: [] },
    );
    expect((await client.workItems.getMany([299])).items).toEqual([ITEM]);
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  test('no 503 of a creation: it may have taken effect', async () => {
    const { client, requests } = clientOf(() => new Response('', { status: 503 }));
    await expect(client.workItems.create({ project: 'p', type: 'Task', title: 'x' })).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    expect(requests).toHaveLength(1);
  });
});

test('the organization of a sign-in page is not asked twice with a token that can not be another', async () => {
  const { client, requests } = clientOf(() => new Response('<html>', { status: 203 }));
  const error = await failure(client.workItems.get(1));
  expect(error).toMatchObject({ name: 'ReauthorizationRequiredError', reason: 'rejected' });
  expect(String(error)).toContain('2026-12-01');
  // What any token may read proves that it is the token that is refused (16.17).
  expect(requests.map(({ url }) => `${url.origin}${url.pathname}`)).toEqual([
    `${ORGANIZATION}/_apis/wit/workItems/1`,
    `${ORGANIZATION}/_apis/connectionData`,
  ]);
});
