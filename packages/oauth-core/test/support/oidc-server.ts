import type { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ClientMetadata, Provider } from 'oidc-provider';

export interface OidcServer {
  issuer: string;
  /** Signs a user in as a browser would: follows redirects with cookies, up to the client's own address. */
  signIn(authorizationUrl: URL): Promise<URL>;
  events: string[];
  provider: Provider;
  close(): Promise<void>;
}

class CookieJar {
  readonly #cookies = new Map<string, string>();

  store(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  toString(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

async function signIn(authorizationUrl: URL, issuer: string): Promise<URL> {
  const jar = new CookieJar();
  let url = authorizationUrl;
  for (let hop = 0; hop < 12; hop += 1) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: String(jar) } });
    jar.store(response);
    const location = response.headers.get('location');
    if (location === null) throw new Error(`The sign-in stopped at ${url.pathname} with ${response.status}.`);
    url = new URL(location, url);
    if (url.origin !== issuer) return url;
  }
  throw new Error('The sign-in went in circles.');
}

/** What else the server knows. */
export interface OidcServerOptions {
  accessTokenSeconds?: number;
  /** Clients besides `client-1`. */
  clients?: readonly ClientMetadata[];
  /** Whether proofs need the server's nonce (RFC 9449 §8). */
  dpopNonce?: boolean;
}

/**
 * oidc-provider on loopback: rotating refresh tokens with reuse detection, PKCE required, RFC 9207. Access tokens live
 * for an hour unless told otherwise.
 */
export async function startOidcServer(
  redirectUri: string,
  { accessTokenSeconds = 3600, clients = [], dpopNonce = false }: OidcServerOptions = {},
): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'client-1',
        client_secret: 'secret-1',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
      ...clients,
    ],
    scopes: ['openid', 'offline_access', 'tasks:read'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    clockTolerance: 0,
    ttl: { AccessToken: accessTokenSeconds },
    cookies: { keys: ['test'] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 1), requireNonce: () => dpopNonce },
    },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    interactions: { url: (_context, interaction) => `/auto/${interaction.uid}` },
  });
  const events: string[] = [];
  const emitter: EventEmitter = provider;
  for (const name of ['refresh_token.consumed', 'grant.revoked', 'grant.success', 'grant.error'] as const) {
    emitter.on(name, () => events.push(name));
  }
  const callback = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      return void provider.interactionFinished(request, response, { login: { accountId: 'user-1' } });
    }
    const grant = new provider.Grant({
      accountId: session?.accountId ?? 'user-1',
      clientId: String(params['client_id']),
    });
    grant.addOIDCScope(String(params['scope']));
    const consent = { consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, consent, { mergeWithLastSubmission: true });
  };
  server.on('request', (request, response) => {
    const isInteraction = request.url?.startsWith('/auto/') ?? false;
    void (isInteraction ? interact(request, response) : callback(request, response));
  });
  return {
    issuer,
    provider,
    events,
    signIn: (url) => signIn(url, issuer),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
