import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test, vi } from 'vitest';
import { fieldsOf, textOf } from '../support.ts';
import { type CallApi, linking, setUp } from './support/setup.ts';

const HOOK_URL = 'https://app.example/webhooks/azure-devops';

interface Received {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

interface Receiver {
  readonly sandbox: Sandbox;
  readonly api: CallApi;
  readonly received: Received[];
  readonly waits: number[];
  subscribe(eventType: string, changes?: Subscribing): Promise<string>;
}

interface Subscribing {
  readonly publisherInputs?: Record<string, unknown>;
  readonly consumerInputs?: Record<string, unknown>;
  readonly [name: string]: unknown;
}

function subscription(
  eventType: string,
  { publisherInputs, consumerInputs, ...rest }: Subscribing = {},
): object {
  return {
    publisherId: 'tfs',
    eventType,
    resourceVersion: '1.0',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    publisherInputs: { projectId: '', ...publisherInputs },
    consumerInputs: { url: HOOK_URL, ...consumerInputs },
    ...rest,
  };
}

/** A sandbox whose hooks arrive here; `answers` are the receiver's statuses in turn, then 200. */
function receiver(answers: (number | Error)[] = [], seed: 'empty' | 0 = 'empty'): Receiver {
  const received: Received[] = [];
  const waits: number[] = [];
  const { sandbox, api } = setUp(
    {
      seed,
      deliver: async (target, init) => {
        received.push({
          url: target,
          headers: new Headers(init.headers),
          body: fieldsOf(JSON.parse(String(init.body))),
        });
        const answer = answers.shift() ?? 200;
        if (answer instanceof Error) throw answer;
        return new Response(null, { status: answer });
      },
    },
    { sleep: async (ms) => void waits.push(ms) },
  );
  return {
    sandbox,
    api,
    received,
    waits,
    subscribe: async (eventType, changes) => {
      const { status, json } = await api('POST /_apis/hooks/subscriptions', subscription(eventType, changes));
      if (status !== 200) throw new Error(JSON.stringify(json));
      return textOf(json, 'id');
    },
  };
}

describe('a subscription', () => {
  test('is answered with its secrets masked, listed, replaced and deleted', async () => {
    const { api, sandbox, subscribe } = receiver();
    const id = await subscribe('workitem.created', {
      consumerInputs: { basicAuthUsername: 'u', basicAuthPassword: 'p', httpHeaders: 'X:y' },
    });
    expect((await api(`GET /_apis/hooks/subscriptions/${id}`)).json).toMatchObject({
      id,
      status: 'enabled',
      eventType: 'workitem.created',
      consumerInputs: {
        url: HOOK_URL,
        basicAuthUsername: 'u',
        basicAuthPassword: '********',
        httpHeaders: 'X:y',
      },
      createdBy: { displayName: 'Jamal Hartnett' },
    });
    await subscribe('workitem.updated');
    expect((await api('GET /_apis/hooks/subscriptions?eventType=workitem.created')).json).toMatchObject({
      count: 1,
    });
    expect(
      (
        await api('POST /_apis/hooks/subscriptionsquery', {
          publisherId: 'tfs',
          eventType: 'workitem.updated',
        })
      ).json,
    ).toMatchObject({ results: [{ eventType: 'workitem.updated' }] });
    const replacement = subscription('workitem.created', {
      consumerInputs: { url: `${HOOK_URL}/2`, basicAuthPassword: '********' },
    });
    await api(`PUT /_apis/hooks/subscriptions/${id}`, replacement);
    expect(sandbox.azureDevOps.hooks.subscriptions[0]?.consumerInputs).toEqual({
      url: `${HOOK_URL}/2`,
      basicAuthPassword: 'p',
    });
    expect((await api(`DELETE /_apis/hooks/subscriptions/${id}`)).status).toBe(204);
    expect((await api(`GET /_apis/hooks/subscriptions/${id}`)).status).toBe(404);
  });

  test.each<[string, Subscribing]>([
    ['another publisher', { publisherId: 'github' }],
    ['an unknown event', { eventType: 'workitem.dreamt' }],
    ['an unknown version', { resourceVersion: '9.0' }],
    ['an input that is no text', { publisherInputs: { projectId: 7 } }],
    ['an unknown project', { publisherInputs: { projectId: 'x' } }],
    ['no URL', { consumerInputs: { url: 'here' } }],
    ['loopback', { consumerInputs: { url: 'http://localhost:3000/' } }],
    [
      'basic credentials without https',
      { consumerInputs: { url: 'http://app.example/', basicAuthUsername: 'u' } },
    ],
  ])('is refused with %s', async (_, changes) => {
    const { api } = receiver();
    expect(
      (await api('POST /_apis/hooks/subscriptions', subscription('workitem.created', changes))).status,
    ).toBe(400);
  });

  test('may go to loopback where a demo says so', async () => {
    const { api } = setUp({ loopbackHooks: true });
    const changes = { consumerInputs: { url: 'http://localhost:3000/', basicAuthUsername: 'u' } };
    expect(
      (await api('POST /_apis/hooks/subscriptions', subscription('workitem.created', changes))).status,
    ).toBe(200);
  });

  test('chooses by tag, by several fields and by links', async () => {
    const { sandbox, api, received, subscribe } = receiver();
    await subscribe('workitem.updated', { publisherInputs: { tag: 'urgent' } });
    await subscribe('workitem.updated', { publisherInputs: { linksChanged: 'true' } });
    await subscribe('workitem.updated', {
      publisherInputs: { changedFields: 'System.State, System.Reason' },
    });
    const testUser = sandbox.azureDevOps.testUser();
    const [one, two] = ['x', 'y'].map((title) =>
      testUser.create({ type: 'Task', fields: { 'System.Title': title } }),
    );
    const counts: number[] = [];
    const settle = async (): Promise<void> => {
      await sandbox.azureDevOps.hooks.settled();
      counts.push(received.length);
    };
    testUser.update(one?.id ?? 0, { 'System.Title': 'z' });
    await settle();
    await api(`PATCH /_apis/wit/workitems/${one?.id}`, [linking('System.LinkTypes.Related', two?.id ?? 0)]);
    await settle();
    testUser.update(one?.id ?? 0, { 'System.Tags': 'Urgent' });
    await settle();
    testUser.update(two?.id ?? 0, { 'System.State': 'Active' });
    await settle();
    expect(counts).toEqual([0, 1, 2, 3]);
  });

  test('chooses by project, area, type, changed field and comment', async () => {
    const { sandbox, received, subscribe } = receiver([], 0);
    const [, tailwind] = sandbox.azureDevOps.organization.projects;
    await subscribe('workitem.created', { publisherInputs: { projectId: tailwind?.id } });
    await subscribe('workitem.created', { publisherInputs: { areaPath: 'Fabrikam\\Mobile' } });
    await subscribe('workitem.created', { publisherInputs: { workItemType: 'Bug' } });
    await subscribe('workitem.updated', { publisherInputs: { changedFields: 'System.State' } });
    await subscribe('workitem.commented', { publisherInputs: { commentPattern: 'help' } });
    const testUser = sandbox.azureDevOps.testUser();
    const { id } = testUser.create({ type: 'Task', fields: { 'System.Title': 'x' } });
    testUser.update(id, { 'System.Title': 'y' });
    testUser.comment(id, 'thanks');
    await sandbox.azureDevOps.hooks.settled();
    expect(received).toEqual([]);
    testUser.create({ type: 'Task', project: 'Tailwind', fields: { 'System.Title': 'x' } });
    testUser.create({
      type: 'Task',
      fields: { 'System.Title': 'x', 'System.AreaPath': 'Fabrikam\\Mobile\\Offline' },
    });
    testUser.create({ type: 'Bug', fields: { 'System.Title': 'x' } });
    testUser.update(id, { 'System.State': 'Active' });
    testUser.comment(id, 'please help');
    await sandbox.azureDevOps.hooks.settled();
    expect(received.map(({ body }) => body['eventType'])).toEqual([
      'workitem.created',
      'workitem.created',
      'workitem.created',
      'workitem.updated',
      'workitem.commented',
    ]);
  });
});

describe('a notification', () => {
  test('tells of a creation with flat fields and people as texts', async () => {
    const { sandbox, received, subscribe } = receiver();
    const subscriptionId = await subscribe('workitem.created', {
      consumerInputs: {
        basicAuthUsername: 'me',
        basicAuthPassword: 'pä:ss',
        httpHeaders: 'X-Secret: s3cret\nX-Two:2',
      },
    });
    sandbox.azureDevOps.testUser().create({ type: 'Bug', fields: { 'System.Title': 'a < b' } });
    await sandbox.azureDevOps.hooks.settled();
    const [{ headers, body } = { headers: new Headers(), body: {} }] = received;
    expect(headers.get('x-secret')).toBe('s3cret');
    expect(headers.get('x-two')).toBe('2');
    expect(headers.get('authorization')).toBe(`Basic ${Buffer.from('me:pä:ss').toString('base64')}`);
    const { id: collection, projects, url: organizationUrl } = sandbox.azureDevOps.organization;
    expect(body).toEqual({
      subscriptionId,
      notificationId: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      eventType: 'workitem.created',
      publisherId: 'tfs',
      message: {
        text: expect.stringContaining('Bug #1 (a < b) created by Jamal Hartnett\r\n('),
        html: expect.stringContaining('(a &lt; b)'),
        markdown: expect.stringMatching(/^\[Bug #1\]\(https:/),
      },
      detailedMessage: {
        text: expect.stringContaining('- State: New'),
        html: expect.any(String),
        markdown: expect.any(String),
      },
      resource: expect.objectContaining({
        id: 1,
        rev: 1,
        fields: expect.objectContaining({
          'System.Title': 'a < b',
          'System.CreatedBy': 'Jamal Hartnett <jamal@fabrikam.example>',
        }),
      }),
      resourceVersion: '1.0',
      resourceContainers: {
        collection: { id: collection, baseUrl: `${organizationUrl}/` },
        account: { id: collection, baseUrl: `${organizationUrl}/` },
        project: { id: projects[0]?.id, baseUrl: `${organizationUrl}/` },
      },
      createdDate: '2026-11-22T10:00:00.0000000Z',
    });
  });

  test('tells of an update by its number, what changed, and the whole item', async () => {
    const { sandbox, received, subscribe } = receiver();
    const testUser = sandbox.azureDevOps.testUser();
    const { id } = testUser.create({
      type: 'Task',
      fields: { 'System.Title': 'x', 'System.AssignedTo': 'Norman Paulk' },
    });
    await subscribe('workitem.updated');
    testUser.update(id, { 'System.AssignedTo': null, 'System.State': 'Active' }, 'Raisa Pokrovskaya');
    await sandbox.azureDevOps.hooks.settled();
    const resource = fieldsOf(received[0]?.body['resource']);
    expect(resource).toMatchObject({
      id: 2,
      workItemId: id,
      rev: 2,
      revisedBy: { name: 'Raisa Pokrovskaya <raisa@fabrikam.example>' },
      revision: {
        id,
        rev: 2,
        fields: {
          'System.State': 'Active',
          'System.ChangedBy': 'Raisa Pokrovskaya <raisa@fabrikam.example>',
        },
      },
    });
    expect(fieldsOf(resource['fields'])['System.State']).toEqual({ oldValue: 'New', newValue: 'Active' });
    expect(fieldsOf(resource['fields'])['System.AssignedTo']).toEqual({
      oldValue: 'Norman Paulk <norman@fabrikam.example>',
    });
  });

  test('of a change of links alone has no fields', async () => {
    const { sandbox, api, received, subscribe } = receiver();
    const testUser = sandbox.azureDevOps.testUser();
    const [one, two] = ['x', 'y'].map(
      (title) => testUser.create({ type: 'Task', fields: { 'System.Title': title } }).id,
    );
    await subscribe('workitem.updated');
    const value = {
      rel: 'System.LinkTypes.Related',
      url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${two}`,
    };
    await api(`PATCH /_apis/wit/workitems/${one}`, [{ op: 'add', path: '/relations/-', value }]);
    await sandbox.azureDevOps.hooks.settled();
    const resource = fieldsOf(received[0]?.body['resource']);
    expect(resource).toMatchObject({
      workItemId: one,
      relations: { added: [{ rel: 'System.LinkTypes.Related' }] },
    });
    expect(resource).not.toHaveProperty('fields');
  });

  test('tells of comments, deletions and restorations', async () => {
    const { sandbox, received, subscribe } = receiver();
    const testUser = sandbox.azureDevOps.testUser();
    for (const kind of ['commented', 'deleted', 'restored']) await subscribe(`workitem.${kind}`);
    const { id } = testUser.create({ type: 'Task', fields: { 'System.Title': 'x' } });
    testUser.comment(id, '<b>so</b>');
    testUser.delete(id);
    testUser.restore(id);
    await sandbox.azureDevOps.hooks.settled();
    expect(received.map(({ body }) => fieldsOf(body['resource']))).toMatchObject([
      { id, fields: { 'System.History': '<b>so</b>' }, commentVersionRef: { version: 1 } },
      { id, url: `https://dev.azure.com/fabrikam/_apis/wit/recyclebin/${id}` },
      { id, url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${id}` },
    ]);
  });

  test('is as small as the subscription says', async () => {
    const { sandbox, received, subscribe } = receiver();
    await subscribe('workitem.created', {
      consumerInputs: {
        resourceDetailsToSend: 'minimal',
        messagesToSend: 'none',
        detailedMessagesToSend: 'text',
      },
    });
    await subscribe('workitem.created', { consumerInputs: { resourceDetailsToSend: 'none' } });
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await sandbox.azureDevOps.hooks.settled();
    const [minimal, none] = received.map(({ body }) => body);
    expect(minimal).toMatchObject({ message: null, detailedMessage: { text: expect.any(String) } });
    expect(minimal?.['resource']).toEqual({ id: 1, rev: 1, url: expect.any(String) });
    expect(none).not.toHaveProperty('resource');
  });

  test('is not sent for a change that says so', async () => {
    const { api, sandbox, received, subscribe } = receiver();
    await subscribe('workitem.created');
    await api('POST /Fabrikam/_apis/wit/workitems/$Task?suppressNotifications=true', [
      { op: 'add', path: '/fields/System.Title', value: 'x' },
    ]);
    await sandbox.azureDevOps.hooks.settled();
    expect(received).toEqual([]);
  });
});

describe('delivery', () => {
  const seconds = [1, 2, 4, 8, 16, 32, 60, 60].map((pause) => pause * 1000);
  const probes = [20, 40, 80, 160, 320, 640, 900].map((minutes) => minutes * 60_000);

  async function oneEvent(
    answers: (number | Error)[],
  ): Promise<Receiver & { status: () => string | undefined }> {
    const all = receiver(answers);
    await all.subscribe('workitem.created');
    all.sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await all.sandbox.azureDevOps.hooks.settled();
    return { ...all, status: () => all.sandbox.azureDevOps.hooks.subscriptions[0]?.status };
  }

  test.each([[408], [502], [503], [504], [new Error('down')]])('is tried again after %s', async (answer) => {
    const { waits, received, sandbox, status } = await oneEvent([answer, answer]);
    expect(waits).toEqual(seconds.slice(0, 2));
    expect(new Set(received.map(({ body }) => body['notificationId']))).toEqual(new Set([1]));
    expect(sandbox.azureDevOps.hooks.deliveries.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['first', 1],
      ['retry', 2],
      ['retry', 3],
    ]);
    expect(status()).toBe('enabled');
  });

  test('after eight vain retries puts the subscription on probation, and in the end disables it', async () => {
    const { waits, received, status } = await oneEvent(Array.from({ length: 20 }, () => 503));
    expect(waits).toEqual([...seconds, ...probes]);
    expect(received).toHaveLength(1 + 8 + 7);
    expect(status()).toBe('disabledBySystem');
  });

  test.each([400, 401, 404, 500])(
    'goes straight to probation after %s, and a success ends it',
    async (answer) => {
      const { waits, status, sandbox } = await oneEvent([answer, 401]);
      expect(waits).toEqual(probes.slice(0, 2));
      expect(
        sandbox.azureDevOps.hooks.deliveries.map(({ kind, status: answered }) => [kind, answered]),
      ).toEqual([
        ['first', answer],
        ['probe', 401],
        ['probe', 200],
      ]);
      expect(status()).toBe('enabled');
    },
  );

  test('loses what happens during probation', async () => {
    const probe = Promise.withResolvers<void>();
    const statuses = [500];
    const { sandbox, api } = setUp(
      { deliver: async () => new Response(null, { status: statuses.shift() ?? 200 }) },
      { sleep: () => probe.promise },
    );
    await api('POST /_apis/hooks/subscriptions', subscription('workitem.created'));
    const { hooks, testUser } = sandbox.azureDevOps;
    const { id } = testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await vi.waitUntil(() => hooks.subscriptions[0]?.status === 'onProbation');
    testUser().create({ type: 'Task', fields: { 'System.Title': 'lost' } });
    probe.resolve();
    await hooks.settled();
    expect(hooks.deliveries.map(({ workItemId }) => workItemId)).toEqual([id, id]);
    expect(hooks.subscriptions[0]?.status).toBe('enabled');
  });

  test('is over at once after 410, and nothing comes any more', async () => {
    const { sandbox, waits, received, status } = await oneEvent([410]);
    expect([waits, status()]).toEqual([[], 'disabledBySystem']);
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'y' } });
    await sandbox.azureDevOps.hooks.settled();
    expect(received).toHaveLength(1);
  });

  test('starts anew when the subscription is replaced', async () => {
    const { api, sandbox, received } = await oneEvent([410]);
    const [{ id } = { id: '' }] = sandbox.azureDevOps.hooks.subscriptions;
    await api(`PUT /_apis/hooks/subscriptions/${id}`, subscription('workitem.created'));
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'y' } });
    await sandbox.azureDevOps.hooks.settled();
    expect(received[1]?.body).toMatchObject({ notificationId: 2 });
  });
});
