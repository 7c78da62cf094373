import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { found, type Service } from './service.ts';
import { POSTGRES_URL, REDIS_URL } from './urls.ts';

const TIMEOUT_MS = 10_000;

async function redisAnswers(): Promise<boolean> {
  const { hostname, port } = new URL(REDIS_URL);
  const socket = createConnection({ host: hostname, port: Number(port) || 6379 });
  try {
    socket.write('PING\r\n');
    const answer = await Promise.race([once(socket, 'data'), wait(TIMEOUT_MS, undefined, { ref: false })]);
    return answer !== undefined;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function postgresAnswers(): Promise<boolean> {
  const client = new Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: TIMEOUT_MS });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function absent(url: string): string {
  const { host, pathname } = new URL(url);
  return `does not answer at ${host}${pathname}`;
}

export const redis: Service = found('Redis', await redisAnswers(), absent(REDIS_URL));
export const postgres: Service = found('PostgreSQL', await postgresAnswers(), absent(POSTGRES_URL));
