import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ContextEvent } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { redis as service } from '@context-sdk/test-support/services';
import { REDIS_URL } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { connect } from '../src/connect.ts';
import { eventQueue } from '../src/queues.ts';

async function start(script: string, environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--conditions=@context-sdk/source', join(import.meta.dirname, '../src', script)],
    {
      env: { ...CHILD_ENVIRONMENT, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const chunk of child.stdout ?? []) if (/Working|Listening/.test(String(chunk))) break;
  return child;
}

test.skipIf(!service.isThere)(
  `three workers handle every event once, also where it is delivered twice or a worker is killed${service.note}`,
  async () => {
    const prefix = `context-test-worker-${crypto.randomUUID()}`;
    const sandbox = createSandbox({ seed: 'empty' });
    const listener = await sandbox.listen();
    const environment = {
      REDIS_URL,
      PREFIX: prefix,
      SANDBOX: listener.url,
      BACKEND_URL: 'http://localhost:8000',
      TICKTICK_CLIENT_ID: sandbox.ticktick.app.clientId,
      TICKTICK_CLIENT_SECRET: sandbox.ticktick.app.clientSecret,
    };
    const connected = connect(environment);
    const enqueue = eventQueue(connected);
    const children: ChildProcess[] = [];
    const redis = new Redis(REDIS_URL);
    try {
      children.push(...(await Promise.all(Array.from({ length: 3 }, () => start('worker.ts', environment)))));
      const events = Array.from({ length: 200 }, (_, index): ContextEvent => {
        const data = { id: `t${index}`, projectId: 'p', title: `Task ${index}` };
        return {
          source: 'ticktick',
          type: 'task.created',
          id: `e${index}`,
          userId: 'ada',
          verified: true,
          data,
          raw: data,
        };
      });
      await Promise.all(events.slice(0, 100).flatMap((event) => [enqueue(event), enqueue(event)]));
      children.pop()?.kill('SIGKILL');
      await Promise.all(events.slice(80).map((event) => enqueue(event)));
      const handled = async (): Promise<{ by: number; id: string }[]> =>
        (await redis.lrange(`${prefix}:handled`, 0, -1)).map(
          (text) => JSON.parse(text) as { by: number; id: string },
        );
      await expect
        .poll(async () => new Set((await handled()).map(({ id }) => id)).size, { timeout: 45_000 })
        .toBe(events.length);
      const all = await handled();
      // A job that its worker was killed over comes again; every other is done once.
      expect(all.length).toBeLessThanOrEqual(events.length + 8);
      expect(new Set(all.map(({ by }) => by)).size).toBeGreaterThan(1);

      const context = connected.context(() => undefined);
      const { connections } = context.user('ada');
      await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
      children.push(await start('web.ts', { ...environment, PORT: '0' }));
      await expect
        .poll(() => sandbox.requests.filter(({ operation }) => operation === 'task.filter').length, {
          timeout: 45_000,
        })
        .toBeGreaterThan(0);
    } finally {
      for (const child of children) child.kill('SIGKILL');
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
      connected.redis.disconnect();
      await listener.close();
    }
  },
  120_000,
);
