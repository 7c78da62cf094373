import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ContextHandler, toNodeListener } from '@context-sdk/context';
import { All, Controller, type INestApplication, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance } from 'fastify';

/** A server with the handler in it. */
export interface Mounted {
  port: number;
  close(): Promise<unknown>;
}

/** How a host mounts the handler, and whether a delivery can still be read there. */
export interface Mount {
  isReadable: boolean;
  start(handler: ContextHandler): Promise<Mounted>;
}

export type Listener = ReturnType<typeof toNodeListener>;

/** What a host's route does: Fastify leaves the response to the listener. */
export function route(app: FastifyInstance, listener: Listener): void {
  app.all('/webhooks/*', (request, reply) => {
    reply.hijack();
    listener(request.raw, reply.raw);
  });
}

export async function listening(app: FastifyInstance): Promise<Mounted> {
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  return { port: Number(port), close: () => app.close() };
}

async function listeningNest(app: INestApplication): Promise<Mounted> {
  await app.listen(0, '127.0.0.1');
  const { port } = new URL(await app.getUrl());
  return { port: Number(port), close: () => app.close() };
}

/** A module whose controller passes everything on. Decorators are called as functions: Node runs no others. */
function moduleWith(listener: Listener): new () => object {
  class WebhooksController {
    handle(request: IncomingMessage, response: ServerResponse): void {
      listener(request, response);
    }
  }
  const { prototype } = WebhooksController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'handle');
  if (descriptor === undefined) throw new Error('The controller has no method.');
  Controller('webhooks')(WebhooksController);
  All('*path')(prototype, 'handle', descriptor);
  Req()(prototype, 'handle', 0);
  Res()(prototype, 'handle', 1);
  class WebhooksModule {
    readonly name = 'webhooks';
  }
  Module({ controllers: [WebhooksController] })(WebhooksModule);
  return WebhooksModule;
}

class EmptyModule {
  readonly name = 'empty';
}
Module({})(EmptyModule);

export const MOUNTS: Readonly<Record<string, Mount>> = {
  'Fastify, without its body parsers': {
    isReadable: true,
    async start(handler) {
      const app = fastify();
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', (_request, _payload, done) => done(null));
      route(app, toNodeListener(handler));
      return await listening(app);
    },
  },
  'Fastify, with its JSON parser': {
    isReadable: false,
    async start(handler) {
      const app = fastify();
      route(app, toNodeListener(handler));
      return await listening(app);
    },
  },
  'Nest, as middleware': {
    isReadable: true,
    async start(handler) {
      const app = await NestFactory.create(EmptyModule, { logger: false });
      app.use(toNodeListener(handler));
      return await listeningNest(app);
    },
  },
  'Nest, in a controller, with its body parser': {
    isReadable: true,
    async start(handler) {
      return await listeningNest(
        await NestFactory.create(moduleWith(toNodeListener(handler)), { logger: false }),
      );
    },
  },
  'Nest, in a controller, with rawBody': {
    isReadable: true,
    async start(handler) {
      const module = moduleWith(toNodeListener(handler));
      return await listeningNest(await NestFactory.create(module, { logger: false, rawBody: true }));
    },
  },
  'Nest on Fastify, with its body parser': {
    isReadable: false,
    async start(handler) {
      const adapter = new FastifyAdapter();
      route(adapter.getInstance(), toNodeListener(handler));
      return await listeningNest(await NestFactory.create(EmptyModule, adapter, { logger: false }));
    },
  },
};
