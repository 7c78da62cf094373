import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { mswHandlers } from '@context-sdk/sandbox/msw';
import { TickTickClient, type TickTickClientOptions } from '@context-sdk/ticktick-client';
import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

export interface Account {
  sandbox: Sandbox;
  client: TickTickClient;
}

export interface SandboxServer {
  /** A new sandbox at TickTick's production addresses, and a client of its first account. */
  start(options?: SandboxOptions, client?: Partial<TickTickClientOptions>): Promise<Account>;
}

/** Retries at once, so that tests need no waiting. */
const IMPATIENT = { minDelayMs: 0, maxDelayMs: 0 };

/** Lets every test of a file start its own sandbox behind msw. */
export function useSandbox(): SandboxServer {
  const server: SetupServer = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return {
    async start(options = {}, clientOptions = {}) {
      const sandbox = createSandbox({
        ...options,
        ticktick: { rateLimits: [], ...options.ticktick },
      });
      server.use(...mswHandlers(sandbox));
      const client = new TickTickClient({
        auth: sandbox.ticktick.issueApiToken(),
        dialect: options.ticktick?.dialect,
        rateLimiter: memoryRateLimiter(),
        limits: [],
        retry: IMPATIENT,
        ...clientOptions,
      });
      return { sandbox, client };
    },
  };
}

/** A client that reaches the sandbox without msw, which reports every aborted request on the console. */
export function directClient(sandbox: Sandbox): TickTickClient {
  return new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch, limits: [] });
}

export function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
