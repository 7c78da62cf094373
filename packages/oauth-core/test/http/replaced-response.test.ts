import { memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';
import { createPipeline } from '@context-sdk/oauth-core/client-kit';
import { afterEach, expect, test, vi } from 'vitest';

/** As @hono/node-server has one: it stands in for the global Response, and its methods are read-only. */
class ReadOnlyResponse extends Response {}
for (const name of ['text', 'json', 'arrayBuffer'] as const) {
  Object.defineProperty(ReadOnlyResponse.prototype, name, {
    value: Response.prototype[name],
    writable: false,
  });
}

afterEach(() => vi.unstubAllGlobals());

test('responses are read where a server library has replaced the global Response', async () => {
  vi.stubGlobal('Response', ReadOnlyResponse);
  const pipeline = createPipeline({
    service: 'example',
    auth: staticToken('token'),
    origins: ['https://api.example.com'],
    rateLimiter: memoryRateLimiter(),
    limits: [],
    fetch: async () => new Response('{"id":1}'),
    classify: () => undefined,
  });
  const fetch = pipeline.fetchFor({ operation: 'things.get', safety: 'safe' });
  const response = await fetch('https://api.example.com/things');
  expect(await response.json()).toEqual({ id: 1 });
  expect(await response.text()).toBe('{"id":1}');
});
