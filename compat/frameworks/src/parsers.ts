import { createServer } from 'node:http';
import { type ContextHandler, toNodeListener } from '@context-sdk/context';
import multipart from '@fastify/multipart';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  createApp,
  eventHandler,
  fromNodeMiddleware,
  readBody,
  toNodeListener as serveH3,
  toWebRequest,
} from 'h3';
import { fromNodeHandler, H3, type NodeHandler, serve } from 'h3-2';
import multer from 'multer';
import { type Listener, listening, type Mount, type Mounted, route } from './mounts.ts';

/** What a route that the host wrote makes of what Fastify has read: a request of its own. */
function remade({ url, headers, body }: FastifyRequest, baseUrl: string): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const init = { method: 'POST', headers: { authorization: headers.authorization ?? '' }, body: text };
  return new Request(new URL(url, baseUrl), init);
}

async function serving(listener: Parameters<typeof createServer>[1]): Promise<Mounted> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  return { port: address.port, close };
}

/** A Fastify whose route calls the handler with what its parser has left. */
async function fastifyOf(
  handler: ContextHandler,
  app: ReturnType<typeof fastify>,
  schema: object = {},
): Promise<Mounted> {
  app.post('/webhooks/*', { schema }, async (request: FastifyRequest, reply: FastifyReply) => {
    const { status } = await handler(remade(request, handler.baseUrl));
    return await reply.code(status).send();
  });
  return await listening(app);
}

/** Express' way of calling one after the other, without Express. */
function after(parser: ReturnType<ReturnType<typeof multer>['any']>, listener: Listener): Listener {
  return (request, response) => {
    const next = (): void => listener(request, response);
    (parser as unknown as Listener)(request, response, next);
  };
}

/** The handler behind parsers that hosts bring along, of forms and of other types. */
export const PARSERS: Readonly<Record<string, Mount>> = {
  'node:http, behind multer': {
    isReadable: true,
    start: async (handler) => await serving(after(multer().any(), toNodeListener(handler))),
  },
  'Fastify, with @fastify/multipart and its JSON parser': {
    isReadable: false,
    async start(handler) {
      const app = fastify();
      await app.register(multipart, { attachFieldsToBody: true });
      route(app, toNodeListener(handler));
      return await listening(app);
    },
  },
  'Fastify, with @fastify/multipart alone': {
    isReadable: true,
    async start(handler) {
      const app = fastify();
      app.removeAllContentTypeParsers();
      await app.register(multipart);
      app.addContentTypeParser('*', (_request, _payload, done) => done(null));
      route(app, toNodeListener(handler));
      return await listening(app);
    },
  },
  'Fastify, with a parser of its own that keeps the text': {
    isReadable: true,
    async start(handler) {
      const app = fastify();
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      return await fastifyOf(handler, app);
    },
  },
  'Fastify, with a parser of its own that keeps bytes, and the route makes JSON of them': {
    isReadable: false,
    async start(handler) {
      const app = fastify();
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      return await fastifyOf(handler, app);
    },
  },
  'Fastify, with a schema that drops what it does not name': {
    isReadable: false,
    async start(handler) {
      const app = fastify({ ajv: { customOptions: { removeAdditional: 'all' } } });
      const properties = { eventType: { type: 'string' } };
      return await fastifyOf(handler, app, { body: { type: 'object', properties } });
    },
  },
  'Fastify, with its JSON parser, and the object put on the raw request': {
    isReadable: true,
    async start(handler) {
      const app = fastify();
      const listener = toNodeListener(handler);
      app.all('/webhooks/*', (request, reply) => {
        reply.hijack();
        listener(Object.assign(request.raw, { body: request.body }), reply.raw);
      });
      return await listening(app);
    },
  },
  'h3 1, as middleware': {
    isReadable: true,
    start: async (handler) =>
      await serving(serveH3(createApp().use(fromNodeMiddleware(toNodeListener(handler))))),
  },
  'h3 1, as a request': {
    isReadable: true,
    start: async (handler) =>
      await serving(serveH3(createApp().use(eventHandler((event) => handler(toWebRequest(event)))))),
  },
  'h3 1, as a request, after its body was read': {
    isReadable: true,
    async start(handler) {
      const app = createApp();
      app.use(eventHandler(async (event) => void (await readBody(event))));
      return await serving(serveH3(app.use(eventHandler((event) => handler(toWebRequest(event))))));
    },
  },
  'h3 1, as middleware, after its body was read': {
    isReadable: false,
    async start(handler) {
      const app = createApp();
      app.use(eventHandler(async (event) => void (await readBody(event))));
      return await serving(serveH3(app.use(fromNodeMiddleware(toNodeListener(handler)))));
    },
  },
  'h3 2': {
    isReadable: true,
    start: async (handler) => await servingH3(new H3().all('/webhooks/**', (event) => handler(event.req))),
  },
  'h3 2, with the listener for Node': {
    isReadable: true,
    start: async (handler) =>
      await servingH3(new H3().all('/webhooks/**', fromNodeHandler(listenerOf(handler)))),
  },
  'h3 2, after its body was read': {
    isReadable: false,
    async start(handler) {
      const app = new H3().use(async (event) => void (await event.req.json()));
      return await servingH3(app.all('/webhooks/**', (event) => handler(event.req)));
    },
  },
};

/** The listener as h3 2 types it: for HTTP/2, too. */
function listenerOf(handler: ContextHandler): NodeHandler {
  return toNodeListener(handler) as unknown as NodeHandler;
}

async function servingH3(app: H3): Promise<Mounted> {
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true });
  await server.ready();
  const { port } = new URL(server.url ?? '');
  return { port: Number(port), close: () => server.close(true) };
}
