import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfigurationError,
  type ContextHandler,
  createContext,
  memoryStore,
  toNodeListener,
} from '@context-sdk/context';
import { failure } from '@context-sdk/test-support';
import { expect, onTestFinished, test } from 'vitest';

const context = createContext({
  store: memoryStore(),
  baseUrl: 'http://localhost:8000',
  providers: { ticktick: {} },
});
const handler = context.createHandler({ getUserId: () => 'ada' });

test('26: what is no handler is refused when it is mounted, not by each request', () => {
  for (const mistaken of [context, undefined, null, () => new Response()])
    expect(() => toNodeListener(mistaken as unknown as ContextHandler)).toThrow(/context\.createHandler/);
});

test('26: a handler that Express or node:http calls itself says how it is mounted', async () => {
  const failed = new Promise<unknown>((resolve) => {
    const server = createServer((request, response) => {
      response.end();
      resolve(failure(handler(request as unknown as Request)));
    }).listen(0, () => {
      const { port } = server.address() as AddressInfo;
      void fetch(`http://localhost:${port}/auth/ticktick/authorize`);
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  });
  const error = await failed;
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({ message: expect.stringContaining('toNodeListener(handler)') as unknown });
  expect(await failure(handler(undefined as unknown as Request))).toBeInstanceOf(ConfigurationError);
});
