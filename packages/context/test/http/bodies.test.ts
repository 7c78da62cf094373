import { once } from 'node:events';
import http, { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeListener } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import express from 'express';
import Koa from 'koa';
import { afterEach, describe, expect, test } from 'vitest';
import { type Deliveries, startDeliveries } from '../support/start-deliveries.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A host that has received one delivery of a service hook, and that delivery once more. */
async function startWithHook(): Promise<{ started: Deliveries; delivery: Request }> {
  const started = startDeliveries();
  await started.everything();
  await started.context.subscriptions.ensure('ada');
  started.sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await Promise.all([started.sandbox.google.push.settled(), started.sandbox.azureDevOps.hooks.settled()]);
  const delivery = started.delivered.find(({ request }) => request.url.endsWith('azure-devops'))?.request;
  if (delivery === undefined) throw new Error('There was no delivery.');
  started.events.length = 0;
  started.errors.length = 0;
  // The same again under another number: it is new to the host.
  const body = (await delivery.clone().text()).replace(/"notificationId":\d+/, '"notificationId":4711');
  return {
    started,
    delivery: new Request(delivery.url, { method: 'POST', headers: delivery.headers, body }),
  };
}

async function deliverTo(listener: RequestListener, delivery: Request): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { pathname } = new URL(delivery.url);
  const { headers } = delivery;
  const init = { method: 'POST', headers, body: await delivery.text() };
  return (await fetch(`http://127.0.0.1:${port}${pathname}`, init)).status;
}

async function drain(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Express middleware that reads the body and keeps `kept` of it. */
function reading(kept: (text: string) => object): express.RequestHandler {
  return (incoming, _response, next) => {
    const read = async (): Promise<void> => void Object.assign(incoming, kept(await drain(incoming)));
    // Express hears of the end either way.
    void read().finally(() => next());
  };
}

/** Koa with the listener, behind other middleware. */
function koaWith(listener: RequestListener, ...before: Koa.Middleware[]): RequestListener {
  const app = new Koa();
  for (const middleware of before) app.use(middleware);
  app.use((context) => {
    context.respond = false;
    listener(context.req, context.res);
  });
  const callback = app.callback();
  return (incoming, response) => void callback(incoming, response);
}

const koaParser: Koa.Middleware = async (context, next) => {
  Object.assign(context.request, { body: JSON.parse(await drain(context.req)) as unknown });
  await next();
};

type Mount = (listener: ReturnType<typeof toNodeListener>) => RequestListener;

const circular: Record<string, unknown> = {};
circular['itself'] = circular;

/** What parsers leave behind that holds nothing of the body. */
const LEFT_BEHIND: Record<string, unknown> = {
  null: null,
  'an empty text': '',
  'no bytes': Buffer.alloc(0),
  'an empty list': [],
  'a promise': Promise.resolve(),
  'a function': () => undefined,
  'a map': new Map([['a', 1]]),
  'a circle': circular,
  'a large number': { id: 1n },
  false: false,
  zero: 0,
};

/** How a host mounts the listener, and whether the delivery can still be read there. */
const MOUNTS: Record<string, [mount: Mount, isReadable: boolean]> = {
  'node:http': [(listener) => listener, true],
  'node:http, body read before': [
    (listener) => (incoming, response) => void drain(incoming).finally(() => listener(incoming, response)),
    false,
  ],
  Express: [(listener) => express().use(listener), true],
  'Express, json parser before': [(listener) => express().use(express.json(), listener), true],
  'Express, raw parser before': [
    (listener) => express().use(express.raw({ type: () => true }), listener),
    true,
  ],
  'Express, parser of another type before': [
    (listener) => express().use(express.urlencoded(), listener),
    true,
  ],
  'Express, body read before, and nothing kept': [
    (listener) =>
      express().use(
        reading(() => ({})),
        listener,
      ),
    false,
  ],
  'Express, body read before, and an empty object kept': [
    (listener) =>
      express().use(
        reading(() => ({ body: {} })),
        listener,
      ),
    false,
  ],
  'Nest with rawBody': [
    (listener) =>
      express().use(
        reading((text) => ({ rawBody: Buffer.from(text) })),
        listener,
      ),
    true,
  ],
  'Express, json parser that keeps the text': [
    (listener) =>
      express().use(
        reading((text) => ({ rawBody: text, body: {} })),
        listener,
      ),
    true,
  ],
  'Express, text parser of all types before': [
    (listener) => express().use(express.text({ type: () => true }), listener),
    true,
  ],
  'Express, form parser of all types before': [
    (listener) => express().use(express.urlencoded({ type: () => true, extended: true }), listener),
    false,
  ],
  'Express, simple form parser of all types before': [
    (listener) => express().use(express.urlencoded({ type: () => true, extended: false }), listener),
    false,
  ],
  ...Object.fromEntries(
    Object.entries(LEFT_BEHIND).map(([what, body]): [string, [Mount, boolean]] => [
      `Express, body read before, and ${what} kept`,
      [
        (listener) =>
          express().use(
            reading(() => ({ body })),
            listener,
          ),
        false,
      ],
    ]),
  ),
  'Express, asynchronous middleware before': [
    (listener) => express().use((_in, _out, next) => void setImmediate(next), listener),
    true,
  ],
  'Express, body thrown away meanwhile': [
    (listener) =>
      express().use((incoming, _out, next) => {
        incoming.resume();
        next();
      }, listener),
    false,
  ],
  'Express, body read meanwhile': [
    (listener) =>
      express().use((incoming, _out, next) => {
        incoming.on('data', () => undefined);
        next();
      }, listener),
    false,
  ],
  Koa: [(listener) => koaWith(listener), true],
  'Koa, body parser before': [(listener) => koaWith(listener, koaParser), false],
};

describe('16.21: a delivery is read, or the host is told that it cannot be', () => {
  test.each(Object.entries(MOUNTS))('%s', async (_name, [mount, isReadable]) => {
    const { started, delivery } = await startWithHook();
    const status = await deliverTo(mount(toNodeListener(started.handler)), delivery);
    expect([status, started.events.length]).toEqual(isReadable ? [204, 1] : [500, 0]);
    const told = started.errors.map((error) => (error as Error).message);
    if (!isReadable) expect(told).toEqual([expect.stringMatching(/body parser/)]);
    else expect(told).toEqual([]);
  });

  /** What becomes of a body in code of the host's that makes a Request of what it has read. */
  const REMADE: Record<string, (body: string) => RequestInit['body']> = {
    'left out': () => undefined,
    'an object as text': () => String({}),
    'made a form': () => new FormData(),
    'made a list': (body) => `[${body}]`,
    'made a text': (body) => JSON.stringify(body),
    'cut short': (body) => body.slice(0, 100),
    'made an object of another kind': () => '{"type":"Buffer","data":[123]}',
    'made an object without members': () => '{}',
    'made the fields of a form': (body) => JSON.stringify({ [body]: '' }),
    'wrapped into another object': (body) => `{"body":${body}}`,
    'stripped down to what a schema names': () => '{"eventType":"workitem.created"}',
  };

  test.each(['read before', 'locked', ...Object.keys(REMADE)])('a Request whose body was %s', async (how) => {
    const { started, delivery } = await startWithHook();
    const { url, headers } = delivery.clone();
    // HTTP/2 needs no length: what was made of a body shows without it.
    headers.delete('content-length');
    const body = REMADE[how]?.(how === 'locked' ? '' : await delivery.clone().text());
    if (how === 'read before') await delivery.text();
    if (how === 'locked') delivery.body?.getReader();
    const remade = new Request(url, { method: 'POST', headers, ...(body !== undefined && { body }) });
    expect((await started.handler(Object.hasOwn(REMADE, how) ? remade : delivery)).status).toBe(500);
    expect(started.errors).toMatchObject([{ code: 'configuration' }]);
    expect(started.events).toEqual([]);
  });

  test.each(Object.entries(REMADE))('a delivery of a gateway whose body was %s', async (how, remake) => {
    const started = startDeliveries({ dialect: 'guide' });
    const { context, delivered, handler, sandbox, errors, events } = started;
    await context.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    await context.subscriptions.ensure('ada');
    sandbox.ticktick.testUser().createTask({ title: 'x' });
    await sandbox.ticktick.webhooks.settled();
    const [first] = delivered;
    if (first === undefined) throw new Error('There was no delivery.');
    const { url, headers } = first.request;
    const body = remake(await first.request.text()) ?? null;
    const told = events.length;
    expect((await handler(new Request(url, { method: 'POST', headers, body }))).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'configuration' }]);
    expect([how, events.length]).toEqual([how, told]);
  });

  test('nor is a push of Pub/Sub answered with success, whatever became of its body', async () => {
    const { started } = await startWithHook();
    const { delivered, handler, sandbox } = started;
    sandbox.google.testUser().gmail.receive(Buffer.from('Subject: x\r\n\r\ny').toString('base64url'));
    await sandbox.google.push.settled();
    const push = delivered.find(({ request }) => request.url.endsWith('gmail'))?.request;
    const { url, headers } = push ?? new Request('https://host.example');
    const body = (await push?.text()) ?? '';
    started.events.length = 0;
    for (const [how, remade] of Object.entries(REMADE)) {
      const init = { method: 'POST', headers, body: remade(body) ?? null };
      const { ok } = await handler(new Request(url, init));
      expect([how, ok]).toEqual([how, false]);
    }
    expect(started.events).toEqual([]);
    expect((await handler(new Request(url, { method: 'POST', headers, body }))).status).toBe(204);
  });

  test('a calendar notification has no body, so that nothing can be missing', async () => {
    const { started } = await startWithHook();
    const { delivered, handler } = started;
    const notification = delivered.find(({ request }) => request.url.endsWith('calendar'))?.request;
    const { url, headers } = notification ?? new Request('https://host.example');
    expect((await handler(new Request(url, { method: 'POST', headers }))).status).toBe(204);
  });
});

describe('16.18: headers are checked before a body is read', () => {
  /** A body that must not be read. */
  function untouched(): { body: ReadableStream; wasRead: () => boolean } {
    let isRead = false;
    const pull = (): void => void (isRead = true);
    return { body: new ReadableStream({ pull }, { highWaterMark: 0 }), wasRead: () => isRead };
  }

  test.each([
    ['google/calendar', { 'x-goog-channel-id': 'x'.repeat(600), 'x-goog-channel-token': 'y' }],
    ['google/calendar', { 'x-goog-channel-id': '../connection/ada', 'x-goog-channel-token': 'y' }],
    ['google/gmail', { authorization: 'Bearer forged' }],
    ['google/gmail', {}],
    ['azure-devops', { authorization: `Basic ${btoa(`${'x'.repeat(600)}:y`)}` }],
    ['azure-devops', { authorization: `Basic ${btoa('ü/:y')}` }],
    ['azure-devops', {}],
    [`ticktick/${'x'.repeat(600)}`, {}],
    ['ticktick/guessed', {}],
    ['ticktick/%00', {}],
    ['ticktick/%E0%A4%A', {}],
    ['ticktick/..%2f..%2fconnection', {}],
    ['google/calendar', { 'x-goog-channel-id': 'a, b', 'x-goog-channel-token': 'y, z' }],
    ['google/calendar', { 'x-goog-channel-id': 'x', 'x-goog-resource-state': '\u00ff' }],
    ['google/gmail', { authorization: 'Basic YTpi' }],
    ['google/gmail', { authorization: 'Bearer' }],
    ['google/gmail', { authorization: `Bearer ${'a'.repeat(20_000)}.b.c` }],
    ['google/gmail', { authorization: `Bearer ${btoa('{"alg":"none"}')}.${btoa('{}')}.` }],
    ['google/gmail', { authorization: `Bearer ${btoa('null')}.${btoa('null')}.${btoa('x')}` }],
    ['google/gmail', { authorization: 'Bearer a.b.c, Bearer d.e.f' }],
    ['google/gmail', { 'content-type': ';;;', 'content-length': 'many', 'content-encoding': 'br' }],
    ['azure-devops', { authorization: 'Bearer a.b.c' }],
    ['azure-devops', { authorization: 'Basic' }],
    ['azure-devops', { authorization: 'Basic ====' }],
    ['azure-devops', { authorization: `Basic ${btoa('no colon')}` }],
    ['azure-devops', { authorization: `Basic ${btoa(':')}` }],
    ['azure-devops', { authorization: `Basic ${btoa('a:b')}, Basic ${btoa('c:d')}` }],
    ['azure-devops', { 'content-type': 'application/json; charset="', 'transfer-encoding': 'chunked' }],
  ] as const)('%s %j: 401, and no record is asked for by such a name', async (path, headers) => {
    const asked: string[] = [];
    const kept = memoryStore();
    const store: RecordStore = {
      get: (key) => (asked.push(key), kept.get(key)),
      list: (prefix, options) => kept.list(prefix, options),
      delete: (key, expected) => kept.delete(key, expected),
      compareAndSet: (key, expected, value, options) => kept.compareAndSet(key, expected, value, options),
    };
    const { handler } = startDeliveries({ store, dialect: 'guide' });
    const { body, wasRead } = untouched();
    const init = { method: 'POST', headers, body, duplex: 'half' } as const;
    const response = await handler(new Request(`${handler.baseUrl}/webhooks/${path}`, init));
    expect([response.status, wasRead()]).toEqual([401, false]);
    expect(asked.filter((key) => key.includes('xxx') || key.includes('connection'))).toEqual([]);
  });

  test('the listener for Node passes a body on as it comes', async () => {
    const { started } = await startWithHook();
    server = createServer(toNodeListener(started.handler));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const sending = http.request({ port, host: '127.0.0.1', method: 'POST', path: '/webhooks/azure-devops' });
    // The body never ends, and the answer comes all the same.
    sending.write('{');
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(401);
    sending.destroy();
    server.closeAllConnections();
  });
});
