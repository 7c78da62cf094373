import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { mswHandlers } from '@context-sdk/sandbox/msw';
import { IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { TickTickClient, type TickTickClientOptions } from '@context-sdk/ticktick-client';

export interface Account {
  sandbox: Sandbox;
  client: TickTickClient;
}

export interface SandboxServer {
  /** A new sandbox at TickTick's production addresses, and a client of its first account. */
  start(options?: SandboxOptions, client?: Partial<TickTickClientOptions>): Promise<Account>;
}

/** Lets every test of a file start its own sandbox behind msw. */
export function useSandbox(): SandboxServer {
  const server = useServer();
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
