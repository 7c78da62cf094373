import { createConnection } from 'node:net';
import { POSTGRES_URL, REDIS_URL } from './service-urls.ts';

/** Whether anything listens where the URL points to. */
async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port), timeout: 10_000 });
    const settle = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

/** A service that tests need, and what a skipped test says about it. */
export interface Service {
  readonly isThere: boolean;
  /** For the names of tests: why they do not run; empty where they do. */
  readonly note: string;
}

/** Looks for a service. With `REQUIRE_SERVICES=1` one that is missing is a failure instead of skipped tests. */
async function service(name: string, url: string): Promise<Service> {
  if (await answers(url)) return { isThere: true, note: '' };
  const { host } = new URL(url);
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${name} does not answer at ${host}.`);
  return { isThere: false, note: ` (skipped: no ${name} at ${host})` };
}

export const redis: Service = await service('Redis', REDIS_URL);
export const postgres: Service = await service('PostgreSQL', POSTGRES_URL);
