import { fetchFrom, type Sandbox } from '@context-sdk/sandbox';
import { mswHandlers } from '@context-sdk/sandbox/msw';
import { setupServer } from 'msw/node';
import { describe, expect, test } from 'vitest';
import { fieldsOf, listOf, rejectionOf, stillSandbox, textOf } from './support.ts';
import { authorizeUrl } from './ticktick/oauth-flow.ts';

const bearer = (sandbox: Sandbox): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${sandbox.ticktick.issueApiToken()}` },
});

describe('sandbox.fetch', () => {
  test('takes a Request, a string or a URL', async () => {
    const sandbox = stillSandbox();
    const url = 'https://api.ticktick.com/open/v1/project';
    expect((await sandbox.fetch(url, bearer(sandbox))).status).toBe(200);
    expect((await sandbox.fetch(new URL(url), bearer(sandbox))).status).toBe(200);
    const { fetch } = sandbox;
    expect((await fetch(new Request(url, bearer(sandbox)))).status).toBe(200);
  });

  test('rejects for an unknown host as fetch does when a name does not resolve', async () => {
    const error = await rejectionOf(stillSandbox().fetch('https://api.example.com/'));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ENOTFOUND' } });
  });
});

describe('the msw handlers', () => {
  const withServer = async (sandbox: Sandbox, work: () => Promise<void>): Promise<void> => {
    const server = setupServer(...mswHandlers(sandbox));
    server.listen({ onUnhandledFrame: 'error' });
    try {
      await work();
    } finally {
      server.close();
    }
  };

  test('answer for the production hosts', async () => {
    const sandbox = stillSandbox();
    await withServer(sandbox, async () => {
      const response = await fetch('https://api.ticktick.com/open/v1/preference', {
        method: 'POST',
        ...bearer(sandbox),
      });
      expect(await response.json()).toEqual({ timeZone: 'America/Los_Angeles' });
      expect((await fetch('https://api.dida365.com/open/v1/project')).status).toBe(401);
      const page = await fetch(authorizeUrl(sandbox), { redirect: 'manual' });
      expect(page.headers.get('location')).toContain('code=');
    });
  });

  test('let a reset be a failed fetch, and a cut body a failed stream', async () => {
    const sandbox = stillSandbox();
    await withServer(sandbox, async () => {
      sandbox.faults.inject({ kind: 'reset', when: 'before' });
      const url = 'https://api.ticktick.com/open/v1/preference';
      await expect(fetch(url, bearer(sandbox))).rejects.toBeInstanceOf(TypeError);
      sandbox.faults.inject({ kind: 'cut-body' });
      const response = await fetch(url, { method: 'POST', ...bearer(sandbox) });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toBeInstanceOf(TypeError);
    });
  });
});

describe('the listener', () => {
  test('serves on 127.0.0.1, the real host in the first segment of the path', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    expect(listener.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const base = listener.urlOf('api.ticktick.com');
    expect(base).toBe(`${listener.url}/api.ticktick.com`);
    const created = await fetch(`${base}/open/v1/task`, {
      method: 'POST',
      headers: { ...bearer(sandbox).headers, 'content-type': 'application/json' },
      body: JSON.stringify({ title: '牛奶' }),
    });
    expect(await created.json()).toMatchObject({ title: '牛奶' });
    expect(sandbox.requests).toMatchObject([
      { host: 'api.ticktick.com', path: '/open/v1/task', status: 200 },
    ]);
    await listener.close();
  });

  test('shows a consent page whose form stays on the listener', async () => {
    const sandbox = stillSandbox({ ticktick: { consent: 'click' } });
    const listener = await sandbox.listen();
    const url = authorizeUrl(sandbox).replace('https:/', listener.url);
    const page = await (await fetch(url)).text();
    const [, action = ''] = /<form method="post" action="([^"]*)">/.exec(page) ?? [];
    const target = new URL(action, url);
    expect(target.href).toBe(`${listener.url}/ticktick.com/oauth/authorize`);
    const body = new URLSearchParams([...new URL(url).searchParams, ['decision', 'allow']]);
    const response = await fetch(target, { method: 'POST', body, redirect: 'manual' });
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:8000\/auth\/ticktick\/callback\?code=/,
    );
    await listener.close();
  });

  test('breaks the connection for a reset and a cut body', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    const url = `${listener.urlOf('api.ticktick.com')}/open/v1/preference`;
    sandbox.faults.inject({ kind: 'reset', when: 'after' });
    await expect(fetch(url, { method: 'POST', ...bearer(sandbox) })).rejects.toThrow('fetch failed');
    sandbox.faults.inject({ kind: 'cut-body' });
    const response = await fetch(url, { method: 'POST', ...bearer(sandbox) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    await listener.close();
  });

  test('ends idle connections when it is closed, and its port is free again', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    await (await fetch(`${listener.urlOf('ticktick.com')}/`)).arrayBuffer();
    await listener.close();
    await expect(fetch(listener.url)).rejects.toThrow('fetch failed');
    const again = await sandbox.listen({ port: Number(new URL(listener.url).port) });
    expect(again.url).toBe(listener.url);
    await again.close();
  });

  test('lets nobody wait any longer once it is closed', async () => {
    let whenAsleep: (signal: AbortSignal | undefined) => void;
    const asleep = new Promise<AbortSignal | undefined>((resolve) => {
      whenAsleep = resolve;
    });
    const sandbox = stillSandbox({
      sleep: async (_, signal) => {
        whenAsleep(signal);
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      },
    });
    const listener = await sandbox.listen();
    sandbox.faults.inject({ kind: 'latency', ms: 60_000 });
    const pending = rejectionOf(fetch(listener.urlOf('ticktick.com')));
    const signal = await asleep;
    await listener.close();
    expect(await pending).toBeInstanceOf(TypeError);
    expect(signal?.aborted).toBe(true);
  });

  test('is reached by the real host names through fetchFrom, bodies and redirects included', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    const fetch = fetchFrom(listener.url);
    const headers = { ...bearer(sandbox).headers, 'content-type': 'application/json' };
    const url = 'https://api.ticktick.com/open/v1/task?x=1';
    const task = { title: 'Über die Grenze' };
    const created = await fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(task) }));
    expect(await created.json()).toMatchObject(task);
    expect((await fetch(authorizeUrl(sandbox))).status).toBe(302);
    expect(sandbox.requests[0]).toMatchObject({ host: 'api.ticktick.com', query: { x: '1' } });
    await listener.close();
  });

  test.each<[path: string, part: string, whose?: string]>([
    ['/', '{"error":"The Context SDK sandbox does not emulate GET / at no known host."}'],
    ['/api.example.com/x?token=t', 'GET /x at api.example.com.'],
    ['/people.googleapis.com/v1/people', '<title>Error 404 (Not Found)!!1</title>'],
    ['/www.googleapis.com/none', '<title>Error 404 (Not Found)!!1</title>', 'google'],
    ['/api.ticktick.com/open/v1/none', '"errorCode":"not_found"', 'ticktick'],
    ['/dev.azure.com/fabrikam/_apis/none', '"typeKey":"VssResourceNotFoundException"', 'azure'],
    ['/vsrm.dev.azure.com/fabrikam', '"typeKey":"VssResourceNotFoundException"'],
    ['/login.microsoftonline.com/common/none', '"error":"invalid_request"'],
  ])(
    "22.unknown: %s is an error in its service's shape that names the sandbox",
    async (path, part, whose) => {
      const sandbox = stillSandbox();
      const listener = await sandbox.listen();
      const tokens: Record<string, string> = {
        google: sandbox.google.issueToken().accessToken,
        ticktick: sandbox.ticktick.issueApiToken(),
        azure: sandbox.azureDevOps.issueToken().accessToken,
      };
      const headers = whose === undefined ? {} : { authorization: `Bearer ${tokens[whose]}` };
      const response = await fetch(`${listener.url}${path}`, { headers });
      const text = await response.text();
      expect({ status: response.status, text }).toEqual({ status: 404, text: expect.stringContaining(part) });
      expect(text).toContain('The Context SDK sandbox does not emulate GET /');
      expect(text).not.toContain('token=');
      await listener.close();
    },
  );

  test('22.addresses: URLs in responses name the listener and lead back to it', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    const auth = { authorization: `Bearer ${sandbox.azureDevOps.issueToken().accessToken}` };
    const base = `${listener.urlOf('dev.azure.com')}/fabrikam/_apis/wit`;
    const patch = (url: string, body: unknown): Promise<Response> =>
      fetch(url, {
        method: url.includes('$') ? 'POST' : 'PATCH',
        headers: { ...auth, 'content-type': 'application/json-patch+json' },
        body: JSON.stringify(body),
      });
    const words = 'see https://dev.azure.com/fabrikam and ünïcode';
    const made = await patch(
      `${listener.urlOf('dev.azure.com')}/fabrikam/Fabrikam/_apis/wit/workitems/$Task?api-version=7.1`,
      [{ op: 'add', path: '/fields/System.Title', value: words }],
    );
    const item = fieldsOf(await made.json());
    expect(fieldsOf(item['fields'])['System.Title']).toBe(words);
    expect(item['url']).toMatch(`${base}/workItems/1`);
    const other = await patch(
      `${listener.urlOf('dev.azure.com')}/fabrikam/Fabrikam/_apis/wit/workitems/$Task?api-version=7.1`,
      [
        { op: 'add', path: '/fields/System.Title', value: 'other' },
        { op: 'add', path: '/relations/-', value: { rel: 'System.LinkTypes.Related', url: item['url'] } },
      ],
    );
    expect(other.status).toBe(200);
    expect(fieldsOf(listOf(fieldsOf(await other.json())['relations'])[0])['url']).toBe(item['url']);
    const back = await fetch(textOf(item, 'url'), { headers: auth });
    expect(back.status).toBe(200);
    await listener.close();
  });

  test('22.ports: a port per host, and paths that only one host has', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen({ portPerHost: true });
    expect(new Set(sandbox.hosts.map((host) => new URL(listener.urlOf(host)).port)).size).toBe(
      sandbox.hosts.length,
    );
    const headers = { authorization: `Bearer ${sandbox.google.issueToken().accessToken}` };
    const path = '/calendar/v3/users/me/calendarList';
    expect((await fetch(`${listener.urlOf('www.googleapis.com')}${path}`, { headers })).status).toBe(200);
    // What `new URL(path, rootUrl)` of Google's library makes of a rootUrl with a path.
    expect((await fetch(new URL(path, listener.url), { headers })).status).toBe(200);
    await listener.close();
    await expect(fetch(listener.urlOf('www.googleapis.com'))).rejects.toThrow('fetch failed');
  });

  test('says when its port is taken', async () => {
    const sandbox = stillSandbox();
    const listener = await sandbox.listen();
    const port = Number(new URL(listener.url).port);
    expect(await rejectionOf(sandbox.listen({ port }))).toMatchObject({ code: 'EADDRINUSE' });
    await listener.close();
  });
});
