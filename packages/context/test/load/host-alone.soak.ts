import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import type { HeapMark, HostOrder } from './host-alone.ts';

const USERS = 200;
const { REQUESTS = '100000' } = process.env;
const MARKS = [0.2, 0.4, 0.6, 0.8, 1].map((share) => share * Number(REQUESTS));
/** They are kept for 24 hours, one for each delivery, so that none is told twice. */
const KEPT_FOR_A_DAY = new Set(['delivery']);

test(
  '24.8: heap over 100,000 requests of a host that is alone in its process',
  { timeout: 3_600_000 },
  async () => {
    const sandbox = createSandbox({
      seed: 'empty',
      ticktick: { rateLimits: [] },
      // All users are of one account here.
      google: { quotas: { calendar: [], gmail: [] } },
      azureDevOps: { rateLimit: false },
    });
    const testUser = sandbox.ticktick.testUser();
    const taskIds = Array.from(
      { length: 20 },
      (_, index) => testUser.createTask({ title: `Task ${index}` }).id,
    );
    const { organization } = sandbox.azureDevOps;
    const answer = async (
      incoming: IncomingMessage,
      body: Buffer | null,
      out: ServerResponse,
    ): Promise<void> => {
      const { method = 'GET', headers } = incoming;
      const { 'x-sandbox-url': url, host: _, connection: __, ...rest } = headers;
      const request = new Request(String(url), { method, headers: rest as Record<string, string>, body });
      const response = await sandbox.fetch(request);
      // What the sandbox remembers of requests is not the host's.
      sandbox.clearRequests();
      out.writeHead(response.status, Object.fromEntries(response.headers));
      out.end(Buffer.from(await response.arrayBuffer()));
    };
    const server = createServer((incoming, out) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on(
        'end',
        () => void answer(incoming, chunks.length === 0 ? null : Buffer.concat(chunks), out),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'host-alone-'));
    const order: HostOrder = {
      port: (server.address() as AddressInfo).port,
      database: join(folder, 'records.db'),
      marks: MARKS,
      organizationUrl: organization.url,
      users: Array.from({ length: USERS }, () => ({
        ticktick: sandbox.ticktick.issueApiToken(),
        google: googleTokens(sandbox),
        azureDevOps: sandbox.azureDevOps.issuePat(),
      })),
      taskIds,
    };
    const host = fork(fileURLToPath(new URL('host-alone.ts', import.meta.url)), {
      execArgv: ['--expose-gc', '--conditions=@context-sdk/source'],
    });
    const marks: HeapMark[] = [];
    host.on('message', (mark) => void marks.push(mark as HeapMark));
    const ended = new Promise<number | null>((resolve) => host.once('exit', resolve));
    host.send(order);
    expect(await ended).toBe(0);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
    for (const { requests, heap, records } of marks)
      // oxlint-disable-next-line no-console
      console.log(`${requests} requests: ${(heap / 1e6).toFixed(1)} MB, records ${JSON.stringify(records)}`);
    const [first, last] = [marks[0], marks.at(-1)];
    expect(last?.requests).toBeGreaterThanOrEqual(Number(REQUESTS));
    expect(last?.heap).toBeLessThanOrEqual(1.1 * (first?.heap ?? 0));
    const lasting = (mark: HeapMark | undefined): number =>
      Object.entries(mark?.records ?? {}).reduce(
        (sum, [kind, count]) => sum + (KEPT_FOR_A_DAY.has(kind) ? 0 : count),
        0,
      );
    expect(lasting(last)).toBeLessThanOrEqual(lasting(first));
  },
);
