import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, program } from './processes.ts';
import type { Service } from './service.ts';

/** A Redis of the test's own, on a port of its own, that it may restart and fill as it likes. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** Where it keeps its files. */
  readonly directory: string;
  /** Ends the server; all that it acknowledged is on disk. */
  stop(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Whether a test can start a Redis of its own. */
export const redisServer: Service = program('redis-server');

async function answered(url: string): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

export async function startOwnRedis(...options: string[]): Promise<OwnRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'context-sdk-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
  let server: ChildProcess | undefined;
  const own: OwnRedis = {
    url,
    port,
    directory,
    async start() {
      server = spawn('redis-server', [...settings, ...durable, ...options], { stdio: 'ignore' });
      await answered(url);
    },
    async stop() {
      if (server === undefined) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      server = undefined;
      await ended;
    },
    async remove() {
      await own.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await own.start();
  return own;
}
