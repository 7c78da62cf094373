import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { toNodeListener } from '@context-sdk/context';
import { afterEach, describe, expect, test } from 'vitest';
import { HOST, type StartedHost, startHost } from '../support/start-host.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A host that records the URLs that its callbacks see. */
function startRecording(): StartedHost & { seen: string[] } {
  const seen: string[] = [];
  const host = startHost({
    getUserId: ({ url }) => {
      seen.push(url);
      return 'ada';
    },
  });
  return { ...host, seen };
}

async function listen({ handler }: StartedHost): Promise<number> {
  server = createServer(toNodeListener(handler));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Sends a request line as it is, which `http.request` and `fetch` do not allow. */
function sendRaw(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${line} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
    });
    let response = '';
    socket.on('data', (data: Buffer) => (response += data.toString()));
    socket.on('end', () => resolve(response)).on('error', reject);
  });
}

describe('16.10: getUserId sees a URL of the host', () => {
  test.for([
    '//evil.example/auth/google/authorize',
    '/\\evil.example/auth/google/authorize',
    '/\\\\evil.example/auth/google/authorize',
    'http://evil.example/auth/google/authorize',
    '/auth/google/authorize?x=//evil.example',
    '/auth/google/authorize#@evil.example',
    '/.//evil.example/auth/google/authorize',
    '@evil.example/auth/google/authorize',
    '*',
  ])('under node:http, with the request line GET %s', async (path) => {
    const host = startRecording();
    const response = await sendRaw(await listen(host), `GET ${path}`);
    expect(response).toMatch(/^HTTP\/1\.1 (302|400|404) /);
    for (const url of host.seen) expect(new URL(url).origin).toBe(HOST);
  });

  test('as a function of Request, whatever the Host header said', async () => {
    const { handler, seen } = startRecording();
    await handler(new Request('https://evil.example:444/auth/google/authorize?returnTo=/day'));
    await handler(new Request(`${HOST}/auth/google/authorize?returnTo=/day`));
    const url = `${HOST}/auth/google/authorize?returnTo=/day`;
    expect(seen).toEqual([url, url]);
    const body = new URLSearchParams({ returnTo: '/day' });
    const headers = { origin: HOST };
    const post = new Request('https://evil.example/auth/google/authorize', { method: 'POST', headers, body });
    expect((await handler(post)).status).toBe(303);
    expect(seen.at(-1)).toBe(`${HOST}/auth/google/authorize`);
  });
});

test('16.10: a request whose body was read before is answered, never rejected', async () => {
  const { handler } = startRecording();
  const statusOf = async (action: string): Promise<number> => {
    const body = new URLSearchParams({ returnTo: '/day' });
    const init = { method: 'POST', headers: { origin: HOST }, body };
    const request = new Request(`https://evil.example/auth/google/${action}`, init);
    await request.text();
    return (await handler(request)).status;
  };
  expect(await statusOf('authorize')).toBe(500);
  // Needs no body.
  expect(await statusOf('disconnect')).toBe(204);
});

describe('16.10: methods that a Request cannot have', () => {
  test('TRACE is answered with 405, and the connection stays', async () => {
    const port = await listen(startHost());
    const status = await new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method: 'TRACE', path: '/auth/google/authorize' };
      httpRequest(options, (response) => resolve([response.statusCode, response.headers['allow']]))
        .on('error', reject)
        .end();
    });
    expect(status).toEqual([405, 'GET, POST']);
  });

  test('CONNECT is answered with 405, where a server passes it on', async () => {
    const listener = toNodeListener(startHost().handler);
    server = createServer((request, response) => {
      request.method = 'CONNECT';
      listener(request, response);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${port}/auth/google/authorize`)).status).toBe(405);
  });
});
