import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The server of one event, in a process of its own. */
export async function startServer(): Promise<{ root: string; close(): void }> {
  const server = fork(join(import.meta.dirname, 'server.ts'));
  const [port] = (await once(server, 'message')) as [number];
  return { root: `http://127.0.0.1:${port}`, close: () => server.disconnect() };
}
