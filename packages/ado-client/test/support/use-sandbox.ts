import { AdoClient, type AdoClientOptions, personalAccessToken } from '@context-sdk/ado-client';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { mswHandlers } from '@context-sdk/sandbox/msw';
import { IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { ORGANIZATION } from './answering.ts';

type PatOptions = NonNullable<Parameters<Sandbox['azureDevOps']['issuePat']>[0]>;

export interface Account {
  sandbox: Sandbox;
  /** The first person's client, with every scope. */
  client: AdoClient;
  /** A client with another token. */
  clientWith(token: PatOptions): AdoClient;
}

export interface SandboxServer {
  /** A new sandbox at the production addresses, without rate limits. */
  start(options?: SandboxOptions, client?: Partial<AdoClientOptions>): Account;
}

/** Lets every test of a file start its own sandbox behind msw. */
export function useSandbox(): SandboxServer {
  const server = useServer();
  return {
    start(options = {}, clientOptions = {}) {
      const azureDevOps = { seed: 'empty' as const, rateLimit: false as const, ...options.azureDevOps };
      const sandbox = createSandbox({ seed: 'empty', ...options, azureDevOps });
      server.use(...mswHandlers(sandbox));
      const clientWith = (token: PatOptions): AdoClient =>
        new AdoClient({
          organizationUrl: ORGANIZATION,
          project: 'Fabrikam',
          auth: personalAccessToken(sandbox.azureDevOps.issuePat(token)),
          rateLimiter: memoryRateLimiter(),
          retry: IMPATIENT,
          ...clientOptions,
        });
      return { sandbox, client: clientWith({}), clientWith };
    },
  };
}
