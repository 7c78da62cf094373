import { OAuthClient, type TokenSet } from '@context-sdk/oauth-core';
import type { OAuthProvider } from '@context-sdk/oauth-core/providers';
import { createSandbox } from '@context-sdk/sandbox';
import { vi } from 'vitest';
import { startOidcServer } from '../../support/oidc-server.ts';
import { startTokenGate, type TokenGate } from './token-gate.ts';

/** What a process needs to be a client of a server. */
export interface ClientSettings {
  readonly provider: OAuthProvider;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Answers 200 to a good access token, and 401 to any other. */
  readonly apiUrl: string;
}

/** An authorization server that rotates refresh tokens and ends the grant of one that comes twice. */
export interface RotatingServer {
  readonly name: 'oidc' | 'sandbox';
  readonly settings: ClientSettings;
  readonly gate: TokenGate;
  /** The tokens of a new grant. */
  signIn(): Promise<TokenSet>;
  /** Refresh tokens that came a second time, each of which ended its grant. */
  reuses(): number;
  close(): Promise<void>;
}

const REDIRECT_URI = 'http://127.0.0.1:9999/callback';
/** Without the advice that oidc-provider has for those who run it. */
export function quietServers(): void {
  for (const method of ['warn', 'info'] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
}

/** How long access tokens live by what the servers say. */
const TOKEN_SECONDS = 1;
/** And how long they are accepted: what a busy machine sends late is nothing that is tested here. */
const ACCEPTED_SECONDS = 60;

function shortLived(fields: Record<string, unknown>): Record<string, unknown> {
  return 'expires_in' in fields ? { ...fields, expires_in: TOKEN_SECONDS } : fields;
}

/** `oidc-provider`. */
async function startOidc(): Promise<RotatingServer> {
  const oidc = await startOidcServer(REDIRECT_URI, { accessTokenSeconds: ACCEPTED_SECONDS });
  const gate = await startTokenGate(async (request) => {
    const { method, headers } = request;
    return await fetch(`${oidc.issuer}/token`, { method, headers, body: await request.text() });
  }, shortLived);
  const provider: OAuthProvider = {
    id: 'oidc',
    issuer: oidc.issuer,
    authorizationEndpoint: `${oidc.issuer}/auth`,
    tokenEndpoint: gate.url,
    clientAuthentication: 'basic',
    defaultScopes: ['openid', 'offline_access', 'tasks:read'],
    authorizationParameters: { prompt: 'consent' },
    issuerInCallback: true,
  };
  const app = {
    provider,
    clientId: 'client-1',
    clientSecret: 'secret-1',
    redirectUri: REDIRECT_URI,
  };
  return {
    name: 'oidc',
    settings: { ...app, apiUrl: `${oidc.issuer}/me` },
    gate,
    async signIn() {
      const tokenEndpoint = `${oidc.issuer}/token`;
      const client = new OAuthClient({ ...app, provider: { ...provider, tokenEndpoint, openid: true } });
      const { url, transaction } = await client.beginAuthorization();
      const tokenSet = await client.completeAuthorization(await oidc.signIn(url), transaction);
      return { ...tokenSet, expiresAt: tokenSet.obtainedAt + TOKEN_SECONDS * 1000 };
    },
    reuses: () => oidc.events.filter((event) => event === 'grant.revoked').length,
    async close() {
      await gate.close();
      await oidc.close();
    },
  };
}

/** The sandbox's TickTick in the guide's dialect, whose hour is over in a minute: its clock runs that much faster. */
async function startSandbox(): Promise<RotatingServer> {
  const startedAt = Date.now();
  const sandbox = createSandbox({
    seed: 'empty',
    clock: { now: () => startedAt + ((Date.now() - startedAt) * 3600) / ACCEPTED_SECONDS },
    ticktick: { dialect: 'guide', rateLimits: [] },
  });
  const listener = await sandbox.listen();
  const gate = await startTokenGate(
    async (request) =>
      await sandbox.fetch('https://ticktick.com/oauth/token', {
        method: 'POST',
        headers: request.headers,
        body: await request.text(),
      }),
    shortLived,
  );
  const { app } = sandbox.ticktick;
  return {
    name: 'sandbox',
    settings: {
      provider: {
        id: 'ticktick',
        issuer: 'https://ticktick.com',
        authorizationEndpoint: listener.urlOf('ticktick.com/oauth/authorize'),
        tokenEndpoint: gate.url,
        clientAuthentication: 'basic-raw',
        defaultScopes: ['tasks:read'],
      },
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      redirectUri: app.redirectUris[0] ?? '',
      apiUrl: listener.urlOf('api.ticktick.com/open/v1/task'),
    },
    gate,
    async signIn() {
      const obtainedAt = Date.now();
      return {
        ...sandbox.ticktick.issueToken(),
        obtainedAt,
        expiresAt: obtainedAt + TOKEN_SECONDS * 1000,
        scopes: [],
      };
    },
    reuses: () => sandbox.ticktick.stats.refreshReuses,
    async close() {
      await gate.close();
      await listener.close();
    },
  };
}

/** The servers that tests run against, by name. */
export const ROTATING_SERVERS: Readonly<Record<RotatingServer['name'], () => Promise<RotatingServer>>> = {
  oidc: startOidc,
  sandbox: startSandbox,
};
