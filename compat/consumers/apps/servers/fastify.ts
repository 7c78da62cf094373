import { toNodeListener } from '@context-sdk/context';
import fastify from 'fastify';
import { begin, handler, readDay } from './shared-host.js';

const app = fastify();
const listener = toNodeListener(handler);
// In a scope of its own, where no parser reads a body before the handler does.
await app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const path of ['/auth/*', '/webhooks/*']) {
    scope.all(path, (request, reply) => {
      reply.hijack();
      listener(request.raw, reply.raw);
    });
  }
});
app.get('/day', () => readDay());
app.post<{ Body: { pat: string } }>('/begin', ({ body }) => begin(body.pat));
await app.listen({ port: Number(process.env.PORT) });
