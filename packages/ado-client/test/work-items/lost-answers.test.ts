import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { tagsOf } from '@context-sdk/ado-client';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { expect, test } from 'vitest';
import { FakeItem } from '../support/fake-item.ts';

const ROUNDS = propertyRuns(40);
/** So often the answer to a patch is lost after it took effect. */
const LOST_EVERY = 10;

/** Serves one item, and loses answers. */
async function serve(item: FakeItem): Promise<{ url: string; lost(): number; close(): void }> {
  let patches = 0;
  let lost = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const text = Buffer.concat(chunks).toString();
      const json: unknown = text === '' ? undefined : JSON.parse(text);
      const answer = item.answer({ method, path: url, json });
      if (method === 'PATCH' && ++patches % LOST_EVERY === 0) {
        lost += 1;
        return void request.socket.destroy();
      }
      const status = answer instanceof Response ? answer.status : 200;
      const body = answer instanceof Response ? answer.text() : JSON.stringify(answer);
      void Promise.resolve(body).then((one) => response.writeHead(status).end(one));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/fabrikam`,
    lost: () => lost,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function write(url: string, name: string): Promise<void> {
  const script = fileURLToPath(new URL('processes/write.ts', import.meta.url));
  const args = ['--conditions=@context-sdk/source', script, url, name, String(ROUNDS)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: CHILD_ENVIRONMENT,
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Writer ${name} ended with ${String(code)}.`);
}

test(`two processes change one item ${ROUNDS} times each, answers get lost, and every change is there, once`, async () => {
  const item = new FakeItem();
  item.fields = { 'System.Tags': 'mine' };
  const server = await serve(item);
  try {
    await Promise.all(['a', 'b'].map((name) => write(server.url, name)));
  } finally {
    server.close();
  }
  expect(server.lost()).toBeGreaterThan(0);
  expect(item.fields['Custom.Count']).toBe(2 * ROUNDS);
  const last = ROUNDS - 1;
  expect(tagsOf({ fields: item.fields }).toSorted()).toEqual([`a-${last}`, `b-${last}`, 'mine']);
  const states = new Set([...item.revisions.values()].map((fields) => fields['System.State']));
  const wanted = Array.from({ length: ROUNDS }, (_, round) => [`a-${round}`, `b-${round}`]).flat();
  expect(wanted.filter((state) => !states.has(state))).toEqual([]);
  // One revision for each change that was meant, and none besides.
  expect(item.rev).toBe(1 + 2 * (2 * ROUNDS - 1));
}, 120_000);
