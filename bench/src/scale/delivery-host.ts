// A host alone in its process, which receives notifications of Calendar over HTTP: scale-before.ts runs this file in a worktree of an
// earlier commit, too. Prints the microseconds of CPU that each took it, with its records on Redis; `bare` answers without the handler.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createContext } from '@context-sdk/context';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { Redis } from 'ioredis';

const { REDIS_URL = 'redis://127.0.0.1:6379' } = process.env;
/** Until then, what is measured is the compiler. */
const WARM_UP = 20_000;
const DELIVERIES = 25_600;
const CHANNELS = 200;
const isBare = process.argv[2] === 'bare';

const client = new Redis(REDIS_URL);
const prefix = `bench-deliveries-${process.pid}:`;
const store = redisStore(client, { prefix });
let told = 0;
const context = createContext({
  store,
  baseUrl: 'https://host.example',
  providers: { google: { clientId: 'id', clientSecret: 'secret' } },
  onEvent: () => void (told += 1),
});
const GRANT = { id: 'grant', owner: 'owner' };
for (let user = 0; user < CHANNELS; user += 1) {
  const connection = { kind: 'oauth', connectedAt: Date.now(), grant: GRANT };
  const route = { userId: `user-${user}`, owner: GRANT.owner, calendarId: 'primary', token: 'token' };
  await store.compareAndSet(`connection/user-${user}/google/default`, undefined, JSON.stringify(connection));
  await store.compareAndSet(`channel/channel-${user}`, undefined, JSON.stringify(route));
}
const handler = context.createHandler({ getUserId: () => undefined });
function requestOf({ url = '', headers }: IncomingMessage): Request {
  return new Request(`https://host.example${url}`, {
    method: 'POST',
    headers: headers as Record<string, string>,
  });
}

const server = createServer((request, response) => {
  const answer = isBare ? Promise.resolve({ status: 204 }) : handler(requestOf(request));
  void answer.then(({ status }) => response.writeHead(status).end());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

/** Another process sends them, 64 at once. */
async function send(from: number, count: number): Promise<void> {
  const sender = join(import.meta.dirname, 'delivery-sender.ts');
  const args = [sender, String(port), String(from), String(count), String(CHANNELS)];
  const [code] = (await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')) as [number | null];
  if (code !== 0) throw new Error('A delivery was refused.');
}

await send(1, WARM_UP);
const before = process.cpuUsage();
await send(1_000_000, DELIVERIES);
const { user, system } = process.cpuUsage(before);
if (!isBare && told !== WARM_UP + DELIVERIES) throw new Error(`${told} events were told.`);
for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 }))
  if (keys.length > 0) await client.unlink(...(keys as string[]));
console.log(JSON.stringify((user + system) / DELIVERIES));
process.exit();
