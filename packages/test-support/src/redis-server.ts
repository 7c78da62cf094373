import { type ChildProcess, spawn } from 'node:child_process';
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
  /** Ends the server, if it runs; all that it acknowledged is on disk. */
  stop(): Promise<void>;
  /** Starts it again, if it doesn't run, on the same port with the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Whether a test can start a Redis of its own. */
export const redisServer: Service = program('redis-server');

/** A server process and its end, which also a server that could not begin comes to. */
interface Running {
  readonly server: ChildProcess;
  readonly ended: Promise<unknown>;
}

function run(options: readonly string[]): Running {
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve).once('error', resolve));
  return { server, ended };
}

async function answered(url: string, { ended }: Running): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  const endedFirst = ended.then(() => {
    throw new Error(`redis-server ended before it answered at ${url}.`);
  });
  try {
    await Promise.race([client.ping(), endedFirst]);
  } finally {
    client.disconnect();
  }
}

export async function startOwnRedis(...options: string[]): Promise<OwnRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'context-sdk-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
  let running: Running | undefined;
  const own: OwnRedis = {
    url,
    port,
    directory,
    async start() {
      running ??= run([...settings, ...durable, ...options]);
      await answered(url, running);
    },
    async stop() {
      if (running === undefined) return;
      const { server, ended } = running;
      server.kill('SIGTERM');
      await ended;
      running = undefined;
    },
    async remove() {
      await own.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await own.start();
  return own;
}
