import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { type ContextHandler, toNodeListener } from '@context-sdk/context';
import express from 'express';
import { afterEach, describe, expect, test, vi } from 'vitest';

let server: Server | undefined;
afterEach(() => server?.close());

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Tells what it was asked. */
function echo(): ContextHandler & { asked: Request[] } {
  const asked: Request[] = [];
  const handler = async (request: Request): Promise<Response> => {
    asked.push(request);
    const headers = new Headers({ 'x-answer': 'yes' });
    headers.append('set-cookie', 'a=1; Path=/');
    headers.append('set-cookie', 'b=2; Path=/');
    return new Response(await request.text(), { status: 202, headers });
  };
  return Object.assign(handler, {
    asked,
    handles: (url: string) => url.startsWith('/webhooks/'),
    baseUrl: 'https://host.example',
  });
}

const JSON_POST = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"a": [1, "ü"]}',
};

describe('toNodeListener', () => {
  test('under node:http: URL of the base, all headers, body, status and both cookies', async () => {
    const handler = echo();
    const url = await listen(toNodeListener(handler));
    const response = await fetch(`${url}/webhooks/x?y=1`, JSON_POST);
    expect([response.status, response.headers.get('x-answer')]).toEqual([202, 'yes']);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    expect(await response.text()).toBe(JSON_POST.body);
    expect(handler.asked[0]?.url).toBe('https://host.example/webhooks/x?y=1');
  });

  test('under Express: what is not its own goes on, also below a mount point', async () => {
    const handler = echo();
    const app = express();
    app.use(toNodeListener(handler));
    app.get('/page', (_request, response) => void response.send('the host’s own'));
    const url = await listen(app);
    expect(await (await fetch(`${url}/page`)).text()).toBe('the host’s own');
    expect((await fetch(`${url}/webhooks/x`, JSON_POST)).status).toBe(202);
    expect(handler.asked).toHaveLength(1);
  });

  test.for([
    ['json', express.json(), JSON_POST],
    ['raw', express.raw({ type: () => true }), JSON_POST],
    ['text', express.text({ type: () => true }), JSON_POST],
    [
      'urlencoded',
      express.urlencoded({ extended: false }),
      { method: 'POST', body: new URLSearchParams({ returnTo: '/a b' }) },
    ],
    ['json, which found no JSON', express.json(), { method: 'POST', body: 'plain' }],
    ['json, which found nothing', express.json(), { method: 'POST' }],
  ] as const)('a body parser that ran first (%s) loses nothing', async ([, parser, init]) => {
    const app = express();
    app.use(parser, toNodeListener(echo()));
    const answer = await (await fetch(`${await listen(app)}/webhooks/x`, init)).text();
    const sent = 'body' in init ? String(init.body) : '';
    const plain = (text: string): unknown => (text.startsWith('{') ? JSON.parse(text) : text);
    expect(plain(answer)).toEqual(plain(sent));
  });

  test('a delivery of Azure DevOps with long texts reaches the handler', async () => {
    const handler = echo();
    const body = `{"text":"${'x'.repeat(3 * 1_048_576)}"}`;
    const response = await fetch(`${await listen(toNodeListener(handler))}/webhooks/x`, {
      method: 'POST',
      body,
    });
    expect([response.status, handler.asked.length]).toEqual([202, 1]);
  });

  test('a refusal of a body of over 17 MiB ends the connection, and the rest is not read', async () => {
    const refuse = async (): Promise<Response> => new Response(null, { status: 401 });
    const url = await listen(
      toNodeListener(Object.assign(refuse, { handles: () => true, baseUrl: 'https://host.example' })),
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /webhooks/x HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n');
    const answer = await new Response(Readable.toWeb(socket) as ReadableStream).text();
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  test('a browser that goes away aborts the request', async () => {
    const leaving = new AbortController();
    let aborted = false;
    const handler = Object.assign(
      async (request: Request): Promise<Response> => {
        const gone = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
        leaving.abort();
        await gone;
        aborted = true;
        return new Response(null);
      },
      { handles: () => true, baseUrl: 'https://host.example' },
    );
    const url = await listen(toNodeListener(handler));
    await expect(fetch(`${url}/webhooks/x`, { signal: leaving.signal })).rejects.toThrow();
    await vi.waitFor(() => expect(aborted).toBe(true));
  });
});
