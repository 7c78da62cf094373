import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answered } from './postgres.ts';
import { freePort, program } from './processes.ts';
import type { Service } from './service.ts';
import { postgres } from './services.ts';
import { POSTGRES_URL } from './urls.ts';

/** PgBouncer in transaction mode in front of PostgreSQL, on a port of its own. */
export interface OwnPooler {
  readonly url: string;
  remove(): Promise<void>;
}

/** Fewer sessions than clients, so that every statement may run in another. */
export const SESSIONS = 2;

/** Whether there is a PostgreSQL, and a pooler that a test can start in front of it. */
export const pgbouncer: Service = postgres.isThere ? program('pgbouncer') : postgres;

export async function startOwnPooler(): Promise<OwnPooler> {
  const directory = await mkdtemp(join(tmpdir(), 'context-sdk-pooler-'));
  const port = await freePort();
  const path = join(directory, 'pgbouncer.ini');
  await writeFile(path, configuration(port));
  // It does not run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn('pgbouncer', ['-q', ...user, path], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = new URL(POSTGRES_URL);
  url.host = `127.0.0.1:${port}`;
  const pooler: OwnPooler = {
    url: url.href,
    async remove() {
      child.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
  await answered(pooler.url);
  return pooler;
}

function configuration(port: number): string {
  const url = new URL(POSTGRES_URL);
  const server = {
    host: url.hostname,
    port: url.port || '5432',
    dbname: url.pathname.slice(1),
    user: url.username,
    password: url.password,
  };
  const settings = Object.entries(server).filter(([, value]) => value !== '');
  return `[databases]
* = ${settings.map(([name, value]) => `${name}='${value}'`).join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${SESSIONS}
`;
}
