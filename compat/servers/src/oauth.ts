// Sign-in, refresh and revocation against oauth2-mock-server: npm --prefix compat/servers run oauth
import { memoryStore, OAuthClient, TokenManager, type TokenSet } from '@context-sdk/oauth-core';
import { OAuth2Server } from 'oauth2-mock-server';
import { isNumber, isText, Report } from '../../azure-devops/src/report.ts';

const REDIRECT_URI = 'http://127.0.0.1:9999/callback';
const SOURCE = 'https://www.npmjs.com/package/oauth2-mock-server';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
const { url: issuer = '' } = server.issuer;
const client = new OAuthClient({
  provider: {
    id: 'mock',
    issuer,
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
    revocationEndpoint: `${issuer}/revoke`,
    // It takes the credentials as they are sent, as some real servers do (docs/facts/oauth.md).
    clientAuthentication: 'basic-raw',
    defaultScopes: ['openid', 'offline_access'],
    openid: true,
  },
  clientId: 'client-1',
  clientSecret: 'secret-1',
  redirectUri: REDIRECT_URI,
});

/** What the server answers once instead. */
function answerOnce(statusCode: number, body: Record<string, unknown>): void {
  server.service.once('beforeResponse', (response: { statusCode: number; body: unknown }) => {
    Object.assign(response, { statusCode, body });
  });
}

async function signIn(): Promise<TokenSet> {
  const { url, transaction } = await client.beginAuthorization();
  const response = await fetch(url, { redirect: 'manual' });
  return await client.completeAuthorization(response.headers.get('location') ?? '', transaction);
}

/** A manager whose token has ended. */
async function ended(): Promise<TokenManager> {
  const manager = new TokenManager({ client, store: memoryStore(), key: 'account' });
  await manager.save({
    ...(await signIn()),
    obtainedAt: Date.now() - 7_200_000,
    expiresAt: Date.now() - 3_600_000,
  });
  return manager;
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => ({ code: 'none' }),
    (error: unknown) => error,
  );
}

const report = new Report();
const check = async (name: string, call: () => Promise<unknown>, expected: unknown): Promise<void> =>
  void (await report.check(name, SOURCE, call, expected));

await check('code with PKCE and nonce for tokens', signIn, {
  accessToken: isText,
  refreshToken: isText,
  expiresAt: isNumber,
  accountId: isText,
});
await check(
  'a refusal at the sign-in page',
  async () => {
    server.service.once('beforeAuthorizeRedirect', ({ url }: { url: URL }) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    });
    return await errorOf(signIn());
  },
  { code: 'authorization_failed', reason: 'denied' },
);
await check(
  "a callback with another sign-in's state",
  async () => {
    server.service.once('beforeAuthorizeRedirect', ({ url }: { url: URL }) =>
      url.searchParams.set('state', 'another'),
    );
    return await errorOf(signIn());
  },
  { code: 'authorization_failed', reason: 'state-mismatch' },
);
await check(
  'a code that is not taken',
  async () => {
    answerOnce(400, { error: 'invalid_grant' });
    return await errorOf(signIn());
  },
  { code: 'authorization_failed' },
);
await check(
  'a token that is still good asks nobody',
  async () => {
    const manager = new TokenManager({ client, store: memoryStore(), key: 'account' });
    const tokens = await signIn();
    await manager.save(tokens);
    return (await manager.getAccessToken()) === tokens.accessToken;
  },
  true,
);
await check(
  '20 calls at once refresh once',
  async () => {
    const manager = await ended();
    let requests = 0;
    const count = (): void => void (requests += 1);
    server.service.on('beforeResponse', count);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => manager.getAccessToken()));
    server.service.off('beforeResponse', count);
    return { requests, tokens: new Set(tokens).size };
  },
  { requests: 1, tokens: 1 },
);
await check(
  'an answer without a refresh token keeps the one before',
  async () => {
    const manager = await ended();
    answerOnce(200, { access_token: 'next', token_type: 'Bearer', expires_in: 1 });
    return {
      first: await manager.getAccessToken(),
      second: await manager.getAccessToken({ rejected: 'next' }),
    };
  },
  { first: 'next', second: isText },
);
await check(
  'invalid_grant: only a new sign-in helps',
  async () => {
    const manager = await ended();
    answerOnce(400, { error: 'invalid_grant' });
    return await errorOf(manager.getAccessToken());
  },
  { code: 'reauthorization_required' },
);
await check(
  '503: it is tried again',
  async () => {
    const manager = await ended();
    answerOnce(503, {});
    return await manager.getAccessToken();
  },
  isText,
);
await check('revocation', async () => (await client.revoke(await signIn())) ?? 'done', 'done');

await server.stop();
for (const { name, problem } of report.outcomes)
  console.log(`${problem === undefined ? '✓' : '✗'} ${name}${problem ? `: ${problem}` : ''}`);
process.exit(report.outcomes.some(({ problem }) => problem !== undefined) ? 1 : 0);
