import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { OAuthClient } from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { expect, test } from 'vitest';

const TIMEOUT_MS = 700;

/** A token endpoint that answers from a thread of its own, whatever this one is at. */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      parentPort.postMessage('asked');
      setTimeout(() => response.end(JSON.stringify({ access_token: 'new', token_type: 'bearer' })), 50);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

function blockFor(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}

test('I-12: an answer that came while the process was too busy to look is no lost answer', async () => {
  const server = new Worker(SERVER, { eval: true });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const client = new OAuthClient({
      provider: {
        ...ticktick,
        tokenEndpoint: `http://127.0.0.1:${port}/token`,
        endpointHosts: ['127.0.0.1', 'ticktick.com', 'api.ticktick.com'],
      },
      clientId: 'client-1',
      redirectUri: 'https://example.com/callback',
    });
    server.once('message', () => setImmediate(blockFor, 2 * TIMEOUT_MS));
    const held = { accessToken: 'old', refreshToken: 'refresh', obtainedAt: 0, scopes: [] };
    const tokenSet = await client.refresh(held, { timeoutMs: TIMEOUT_MS });
    expect(tokenSet.accessToken).toBe('new');
  } finally {
    await server.terminate();
  }
});
