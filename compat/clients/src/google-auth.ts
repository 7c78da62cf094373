import { CodeChallengeMethod, OAuth2Client, UserRefreshClient } from 'google-auth-library';
import { isNumber, isText, type Report } from '../../azure-devops/src/report.ts';
import { codeAt, pkce, REDIRECT, type World } from './world.ts';

const SCOPE = ['openid', 'email', 'profile', 'https://www.googleapis.com/auth/calendar'];
const EMAIL = 'ada@example.com';
const NODE = 'google-auth-library-nodejs';
const OIDC = 'https://developers.google.com/identity/openid-connect/openid-connect';
const OAUTH = 'https://developers.google.com/identity/protocols/oauth2/web-server';

/** google-auth-library, at the addresses that it knows by itself and at those that its options name. */
export async function checkGoogleAuth(report: Report, { sandbox, urlOf }: World): Promise<void> {
  const { clientId, clientSecret } = sandbox.google.app;
  const options = { clientId, clientSecret, redirectUri: REDIRECT.google };
  const client = new OAuth2Client({ ...options, forceRefreshOnFailure: true });
  const check = report.check.bind(report);
  const authUrl = (): string =>
    client.generateAuthUrl({ access_type: 'offline', prompt: 'consent', scope: SCOPE });

  const code = await check('generateAuthUrl', OAUTH, () => codeAt(authUrl()), isText);
  const tokens = await check('getToken', OAUTH, async () => (await client.getToken(code ?? '')).tokens, {
    access_token: isText,
    refresh_token: isText,
    id_token: isText,
    token_type: 'Bearer',
    expiry_date: isNumber,
  });
  client.setCredentials(tokens ?? {});
  const idToken = tokens?.id_token ?? '';
  await check(
    'verifyIdToken',
    OIDC,
    async () => (await client.verifyIdToken({ idToken, audience: clientId })).getPayload(),
    { iss: 'https://accounts.google.com', email: EMAIL, aud: clientId, name: isText },
  );
  await check(
    'verifyIdToken of another audience',
    OIDC,
    () =>
      client.verifyIdToken({ idToken, audience: 'other' }).then(
        () => 'accepted',
        () => 'refused',
      ),
    'refused',
  );
  await check(
    'getFederatedSignonCertsAsync',
    NODE,
    async () => Object.values((await client.getFederatedSignonCertsAsync()).certs)[0],
    (pem: unknown) => String(pem).startsWith('-----BEGIN CERTIFICATE-----'),
  );
  await check('getTokenInfo', NODE, () => client.getTokenInfo(tokens?.access_token ?? ''), {
    email: EMAIL,
    aud: clientId,
    scopes: (scopes: unknown) => Array.isArray(scopes) && scopes.includes(SCOPE[3]),
  });
  await check(
    'getAccessToken',
    NODE,
    async () => (await client.getAccessToken()).token,
    tokens?.access_token,
  );
  await check(
    'getRequestHeaders',
    NODE,
    async () => (await client.getRequestHeaders()).get('authorization'),
    isText,
  );
  const users = {
    'oauth2/v1/userinfo': 'https://www.googleapis.com/oauth2/v1/userinfo',
    'oauth2/v2/userinfo': 'https://www.googleapis.com/oauth2/v2/userinfo',
    'oauth2/v3/userinfo': 'https://www.googleapis.com/oauth2/v3/userinfo',
    'openidconnect/v1/userinfo': 'https://openidconnect.googleapis.com/v1/userinfo',
  };
  for (const [name, url] of Object.entries(users)) {
    await check(name, OIDC, async () => (await client.request({ url })).data, { email: EMAIL, name: isText });
  }
  const discovery = 'https://accounts.google.com/.well-known/openid-configuration';
  await check('discovery', OIDC, async () => (await client.request({ url: discovery })).data, {
    issuer: 'https://accounts.google.com',
    token_endpoint: 'https://oauth2.googleapis.com/token',
  });
  await check('refreshAccessToken', NODE, async () => (await client.refreshAccessToken()).credentials, {
    access_token: isText,
    refresh_token: tokens?.refresh_token,
  });
  await check(
    'refreshes by itself after a 401',
    NODE,
    async () => {
      sandbox.google.expireAccessTokens();
      return (await client.request({ url: users['oauth2/v2/userinfo'] })).status;
    },
    200,
  );
  const { verifier, challenge } = pkce();
  await check(
    'getToken with PKCE',
    'RFC 7636',
    async () => {
      const method = CodeChallengeMethod.S256;
      const url = client.generateAuthUrl({
        scope: SCOPE,
        code_challenge: challenge,
        code_challenge_method: method,
      });
      return (await client.getToken({ code: await codeAt(url), codeVerifier: verifier })).tokens;
    },
    { access_token: isText },
  );
  const refresher = new UserRefreshClient(clientId, clientSecret, tokens?.refresh_token ?? '');
  await check('UserRefreshClient', NODE, async () => (await refresher.getAccessToken()).token, isText);

  const endpoints = {
    oauth2AuthBaseUrl: `${urlOf('accounts.google.com')}/o/oauth2/auth`,
    oauth2TokenUrl: `${urlOf('accounts.google.com')}/o/oauth2/token`,
    oauth2RevokeUrl: `${urlOf('accounts.google.com')}/o/oauth2/revoke`,
    tokenInfoUrl: `${urlOf('www.googleapis.com')}/oauth2/v3/tokeninfo`,
    oauth2FederatedSignonPemCertsUrl: `${urlOf('www.googleapis.com')}/oauth2/v1/certs`,
  };
  const older = new OAuth2Client({ ...options, endpoints });
  await check(
    'endpoints: /o/oauth2/auth and /o/oauth2/token',
    NODE,
    async () =>
      (
        await older.getToken(
          await codeAt(older.generateAuthUrl({ scope: SCOPE, prompt: 'consent', access_type: 'offline' })),
        )
      ).tokens,
    { access_token: isText, refresh_token: isText },
  );
  const v4 = new OAuth2Client({
    clientId,
    clientSecret,
    endpoints: { oauth2TokenUrl: `${urlOf('www.googleapis.com')}/oauth2/v4/token` },
  });
  v4.setCredentials({ refresh_token: tokens?.refresh_token ?? null });
  await check('oauth2/v4/token', NODE, async () => (await v4.getAccessToken()).token, isText);
  const again = sandbox.google.issueToken({ scopes: SCOPE });
  await check('endpoints: tokeninfo v3', NODE, () => older.getTokenInfo(again.accessToken), { email: EMAIL });
  await check(
    'endpoints: revoke',
    NODE,
    async () => (await older.revokeToken(again.accessToken)).status,
    200,
  );
  client.setCredentials({ access_token: sandbox.google.issueToken({ scopes: SCOPE }).accessToken });
  await check('revokeCredentials', NODE, async () => (await client.revokeCredentials()).status, 200);
}
