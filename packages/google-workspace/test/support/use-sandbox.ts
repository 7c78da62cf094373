import { GmailClient, GoogleCalendarClient, type ServiceOptions } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { mswHandlers } from '@context-sdk/sandbox/msw';
import { IMPATIENT } from '@context-sdk/test-support';
import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { discoveryDocuments, hasFixtures } from './fixtures.ts';

export interface StartOptions {
  sandbox?: SandboxOptions;
  client?: Partial<ServiceOptions>;
  /** Scopes of the grant; every scope of the calendar, and Gmail's modify, unless given. */
  scopes?: readonly string[];
  /** Seconds that the token is good for: for tests that move the clock. */
  expiresIn?: number;
}

export interface Account {
  sandbox: Sandbox;
  calendar: GoogleCalendarClient;
  gmail: GmailClient;
}

export interface SandboxServer {
  /** A new sandbox at Google's production addresses, and clients of its first account. */
  start(options?: StartOptions): Promise<Account>;
}

export { IMPATIENT };

const SCOPES = ['calendar', 'gmail.compose', 'gmail.modify'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

/**
 * Lets every test of a file start its own sandbox behind msw. Where Google's discovery documents are at hand, each
 * test fails if a request was not as they allow.
 */
export function useSandbox(): SandboxServer {
  const server: SetupServer = setupServer();
  let sandboxes: Sandbox[] = [];
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    const violations = sandboxes.flatMap(({ google }) => google.violations);
    sandboxes = [];
    expect(violations).toEqual([]);
  });
  afterAll(() => server.close());
  return {
    async start({ sandbox: options = {}, client = {}, scopes = SCOPES, expiresIn = 3599 } = {}) {
      const discovery = hasFixtures ? { discovery: discoveryDocuments() } : {};
      const google = {
        mail: 'strict' as const,
        quotas: { calendar: [], gmail: [] },
        ...discovery,
        ...options.google,
      };
      const sandbox = createSandbox({ ...options, google });
      sandboxes.push(sandbox);
      server.use(...mswHandlers(sandbox));
      const common: ServiceOptions = {
        auth: sandbox.google.issueToken({ scopes, expiresIn }).accessToken,
        rateLimiter: memoryRateLimiter(),
        limits: [],
        retry: IMPATIENT,
        ...client,
      };
      return { sandbox, calendar: new GoogleCalendarClient(common), gmail: new GmailClient(common) };
    },
  };
}
