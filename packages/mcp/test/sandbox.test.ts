import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzzOwnPages } from './fuzz.ts';
import { browser, type ServerProcess, startProcess } from './start-process.ts';

let server: ServerProcess;
let origin = '';

beforeAll(async () => {
  server = startProcess(['--sandbox']);
  [, origin = ''] = await server.heard(/pages on (http:\/\/localhost:\d+)/);
}, 120_000);
afterAll(async () => {
  expect(await server.end()).toBe(0);
});

/** A draft that waits for a person, and the address that lets the browser in. */
async function waitingMail(subject: string): Promise<string> {
  const draft = await server.call('draft_mail', { to: ['grace@example.com'], subject, text: 'Hello.' });
  const [handle] = /\bd\d+\b/.exec(draft) ?? [];
  const before = server.said().length;
  expect(await server.call('send_draft', { draft: handle })).toMatch(/^Not done yet/);
  await expect.poll(() => server.said().slice(before)).toMatch(/Open http.*\n/);
  return /Open (\S+)/.exec(server.said().slice(before))?.[1] ?? '';
}

/** The status of a request as no browser or URL would change it. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<number | undefined> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'localhost', port, method, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject).end(body);
  });
}

describe('25.mcp: over stdio, on the sandbox', () => {
  test('25.mcp: lists the tools, and runs them on accounts that are connected', async () => {
    expect(await server.call('create_task', { title: 'From a client' })).toMatch(/^Created t\d+/);
    const { result } = await server.request('tools/list');
    expect(result?.['tools']).toHaveLength(15);
    expect(await server.call('find', { kind: 'tasks', text: 'From a client' })).toMatch(
      /^t\d+ From a client$/,
    );
  });

  test('25.mcp: a person approves on a page that only their browser is let in to', async () => {
    const url = await waitingMail('Approved');
    const stranger = browser(origin);
    expect((await stranger('/')).status).toBe(403);
    expect((await stranger('/open?key=guess')).status).toBe(403);
    const own = browser(origin);
    expect(await own(url)).toMatchObject({ status: 303, location: '/' });
    // The address lets one browser in, once.
    expect((await stranger(url)).status).toBe(403);
    const { text } = await own('/');
    expect(text).toContain('Send the mail “Approved” to grace@example.com: “Hello.”');
    const [, token = ''] = /name="token" value="([^"]+)"/.exec(text) ?? [];
    expect((await stranger('/approve', { token })).status).toBe(403);
    expect((await own('/approve', { token }, { origin: 'https://evil.example' })).status).toBe(403);
    expect(await own('/approve', { token })).toMatchObject({
      status: 200,
      text: expect.stringContaining('<p role="status">Sent.</p>'),
    });
    expect((await own('/approve', { token })).text).toContain('token is unknown, used or expired');
  });

  test('25.mcp: what a person refuses isn’t done, and what was done is undone there', async () => {
    const own = browser(origin);
    await own(await waitingMail('Refused'));
    const [, token = ''] = /name="token" value="([^"]+)"/.exec((await own('/')).text) ?? [];
    expect((await own('/refuse', { token })).text).toContain('Refused.');
    await server.call('create_task', { title: 'For a moment' });
    const [, action = ''] =
      /Create the task “For a moment”[^\n]*name="action" value="([^"]+)"/.exec((await own('/')).text) ?? [];
    expect((await own('/undo', { action })).text).toContain('Undone: Create the task “For a moment”');
    expect(await server.call('find', { kind: 'tasks', text: 'For a moment' })).toBe('None.');
  });

  test('25.mcp: a name of another site that leads to this machine is refused', async () => {
    const { port } = new URL(origin);
    expect(await raw('GET', '/', { host: `evil.example:${port}` })).toBe(421);
  });

  test('25.mcp: a path that names another site doesn’t make its forms our own', async () => {
    const url = await waitingMail('Not theirs');
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const page = await (await fetch(origin, { headers: { cookie } })).text();
    const [, token = ''] = /“Not theirs”[^]*?name="token" value="([^"]+)"/.exec(page) ?? [];
    const forged = { cookie, origin: 'http://evil.example' };
    for (const path of [
      '//evil.example/approve',
      'http://evil.example/approve',
      '/\\\\evil.example/approve',
    ]) {
      expect(await raw('POST', path, forged, new URLSearchParams({ token }).toString())).not.toBe(200);
    }
    expect(await (await fetch(origin, { headers: { cookie } })).text()).toContain(
      'Send the mail “Not theirs”',
    );
  });

  test('16: a form or an address that no page of ours has is no failure of the server', async () => {
    const headers = { origin };
    expect(await raw('POST', '/approve', headers, `token=${'x'.repeat(9_000)}`)).toBe(413);
    expect(await raw('OPTIONS', '*', headers)).toBe(400);
    expect(await raw('GET', 'http://evil.example/', headers)).toBe(400);
  });

  test('16: no page breaks or shows a secret, whatever it is sent', async () => {
    await fuzzOwnPages(server, origin, { numRuns: 200, seed: 16 });
  });

  test('25.mcp: stdout has nothing but messages, and no answer holds what approves', async () => {
    const url = await waitingMail('Quiet');
    expect(server.lines.every((line) => line.startsWith('{"'))).toBe(true);
    const all = server.lines.join('\n');
    expect(all).not.toContain(new URL(url).searchParams.get('key'));
    const own = browser(origin);
    await own(url);
    const tokens = (await own('/')).text.matchAll(/name="token" value="([^"]+)"/g);
    for (const [, token = ''] of tokens) expect(all).not.toContain(token.split('.')[1]);
  });
});

test('25.mcp: --help and mistakes go to stderr', async () => {
  const help = startProcess(['--help']);
  expect(await help.end()).toBe(0);
  expect(help.said()).toContain('Usage: context-mcp');
  expect(help.lines).toEqual([]);
});

test('25.mcp: a variable that is empty counts as one that is not set', async () => {
  const started = startProcess(['--sandbox'], {
    CONTEXT_MCP_TIME_ZONE: '',
    CONTEXT_MCP_APPROVE: '',
    CONTEXT_MCP_FOLDER: '',
    CONTEXT_MCP_PORT: '',
  });
  await started.heard(/pages on http:/);
  expect(await started.end()).toBe(0);
});

test('25.mcp: what is wrong with variables is said by their names, all at once', async () => {
  const started = startProcess(['--sandbox'], { CONTEXT_MCP_TIME_ZONE: '+01:00', CONTEXT_MCP_PORT: 'x' });
  expect(await started.end()).toBe(1);
  expect(started.said()).toContain('CONTEXT_MCP_TIME_ZONE must be');
  expect(started.said()).toContain('CONTEXT_MCP_PORT must be');
});
