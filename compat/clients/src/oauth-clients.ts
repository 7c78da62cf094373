import { Google, MicrosoftEntraId } from 'arctic';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import type passport from 'passport';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import { AuthorizationCode } from 'simple-oauth2';
import { isNumber, isText, type Report } from '../../azure-devops/src/report.ts';
import { codeAt, consentAt, pkce, REDIRECT, type World } from './world.ts';

const ADO = '499b84ac-1321-427f-aa17-267ca6975798/.default';
const OIDC = 'OpenID Connect Core 1.0';
const RFC6749 = 'RFC 6749';
const DEVICE = 'https://developers.google.com/identity/protocols/oauth2/limited-input-device';
const VERIFICATION_URL = 'Google calls the address verification_url, which RFC 8628 does not know';

interface Provider {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  scope: string;
  offline: Record<string, string>;
  email: string;
}

function providersOf({ sandbox }: World): Provider[] {
  const { google, azureDevOps } = sandbox;
  return [
    {
      name: 'Google',
      issuer: 'https://accounts.google.com',
      clientId: google.app.clientId,
      clientSecret: google.app.clientSecret,
      redirectUri: REDIRECT.google,
      scope: 'openid email profile',
      offline: { access_type: 'offline', prompt: 'consent' },
      email: 'ada@example.com',
    },
    {
      name: 'Entra',
      issuer: `https://login.microsoftonline.com/${azureDevOps.tenant.id}/v2.0`,
      clientId: azureDevOps.app.clientId,
      clientSecret: azureDevOps.app.clientSecret ?? '',
      redirectUri: REDIRECT.microsoft,
      scope: `openid email profile offline_access ${ADO}`,
      offline: {},
      email: azureDevOps.people[0]?.uniqueName ?? '',
    },
  ];
}

/** Libraries for any provider, at Google and Entra ID. */
export async function checkOAuthClients(group: (name: string) => Report, world: World): Promise<void> {
  for (const provider of providersOf(world)) {
    await checkOpenIdClient(group('openid-client'), provider);
    await checkOauth4webapi(group('oauth4webapi'), provider);
    await checkSimpleOauth2(group('simple-oauth2'), provider);
  }
  await checkArctic(group('arctic'), world);
  await checkPassport(group('passport-google-oauth20'), world);
}

async function checkOpenIdClient(report: Report, provider: Provider): Promise<void> {
  const { name, issuer, clientId, clientSecret, redirectUri: redirect_uri, scope, offline, email } = provider;
  const check: Report['check'] = (what, source, call, expected) =>
    report.check(`${name} ${what}`, source, call, expected);
  const config = await check(
    'discovery',
    OIDC,
    () => client.discovery(new URL(issuer), clientId, clientSecret),
    (it: unknown) => it instanceof client.Configuration,
  );
  if (!config) return;
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedNonce = client.randomNonce();
  const parameters = {
    redirect_uri,
    scope,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...offline,
  };
  const tokens = await check(
    'authorizationCodeGrant',
    RFC6749,
    async () => {
      const callback = await consentAt(client.buildAuthorizationUrl(config, parameters));
      return await client.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier,
        expectedNonce,
        idTokenExpected: true,
      });
    },
    { access_token: isText, refresh_token: isText, id_token: isText, expires_in: isNumber },
  );
  const subject = tokens?.claims()?.sub ?? '';
  await check('claims', OIDC, async () => tokens?.claims(), { email });
  if (name === 'Google') {
    await check(
      'fetchUserInfo',
      OIDC,
      () => client.fetchUserInfo(config, tokens?.access_token ?? '', subject),
      { email },
    );
    await check(
      'tokenRevocation',
      'RFC 7009',
      async () => {
        const { refresh_token = '' } = await client.refreshTokenGrant(config, tokens?.refresh_token ?? '');
        return await client.tokenRevocation(config, refresh_token || (tokens?.access_token ?? ''));
      },
      undefined,
    );
  } else {
    await check(
      'refreshTokenGrant',
      RFC6749,
      () => client.refreshTokenGrant(config, tokens?.refresh_token ?? ''),
      { access_token: isText, id_token: isText },
    );
  }
  if (name === 'Google')
    return report.except(`${name} initiateDeviceAuthorization`, DEVICE, VERIFICATION_URL);
  await check(
    'initiateDeviceAuthorization, pollDeviceAuthorizationGrant',
    'RFC 8628',
    async () => {
      const device = await client.initiateDeviceAuthorization(config, { scope });
      return await client.pollDeviceAuthorizationGrant(
        config,
        device.interval === undefined ? device : { ...device, interval: 1 },
      );
    },
    { access_token: isText },
  );
}

async function checkOauth4webapi(report: Report, provider: Provider): Promise<void> {
  const { name, issuer, clientId, clientSecret, redirectUri, scope, offline, email } = provider;
  const check: Report['check'] = (what, source, call, expected) =>
    report.check(`${name} ${what}`, source, call, expected);
  const url = new URL(issuer);
  const server = await check(
    'discoveryRequest',
    OIDC,
    async () => await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url)),
    { issuer },
  );
  if (!server) return;
  const self: oauth.Client = { client_id: clientId };
  const authentication = oauth.ClientSecretPost(clientSecret);
  const { verifier, challenge } = pkce();
  const tokens = await check(
    'authorizationCodeGrantRequest',
    RFC6749,
    async () => {
      const target = new URL(server.authorization_endpoint ?? '');
      const state = 'state';
      target.search = String(
        new URLSearchParams({
          client_id: clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope,
          state,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          ...offline,
        }),
      );
      const parameters = oauth.validateAuthResponse(server, self, await consentAt(target), state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        self,
        authentication,
        parameters,
        redirectUri,
        verifier,
      );
      const result = await oauth.processAuthorizationCodeResponse(server, self, response, {
        requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(server, response);
      return { ...result, claims: oauth.getValidatedIdTokenClaims(result) };
    },
    { access_token: isText, claims: { email, iss: issuer } },
  );
  await check(
    'refreshTokenGrantRequest',
    RFC6749,
    async () => {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        self,
        authentication,
        tokens?.refresh_token ?? '',
      );
      return await oauth.processRefreshTokenResponse(server, self, response);
    },
    { access_token: isText },
  );
  await check(
    'ClientSecretBasic',
    RFC6749,
    async () => {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        self,
        oauth.ClientSecretBasic(clientSecret),
        tokens?.refresh_token ?? '',
      );
      return await oauth.processRefreshTokenResponse(server, self, response);
    },
    { access_token: isText },
  );
  if (name === 'Google') {
    await check(
      'userInfoRequest',
      OIDC,
      async () => {
        const response = await oauth.userInfoRequest(server, self, tokens?.access_token ?? '');
        return await oauth.processUserInfoResponse(server, self, tokens?.claims?.sub ?? '', response);
      },
      { email },
    );
  }
  if (name === 'Google') return report.except(`${name} deviceAuthorizationRequest`, DEVICE, VERIFICATION_URL);
  await check(
    'deviceAuthorizationRequest',
    'RFC 8628',
    async () => {
      const response = await oauth.deviceAuthorizationRequest(server, self, oauth.None(), { scope });
      return await oauth.processDeviceAuthorizationResponse(server, self, response);
    },
    { device_code: isText, user_code: isText },
  );
}

async function checkSimpleOauth2(report: Report, provider: Provider): Promise<void> {
  const { name, clientId, clientSecret, redirectUri: redirect_uri, scope, offline } = provider;
  const check: Report['check'] = (what, source, call, expected) =>
    report.check(`${name} ${what}`, source, call, expected);
  const auth =
    name === 'Google'
      ? {
          tokenHost: 'https://oauth2.googleapis.com',
          tokenPath: '/token',
          authorizeHost: 'https://accounts.google.com',
          authorizePath: '/o/oauth2/v2/auth',
          revokePath: '/revoke',
        }
      : {
          tokenHost: 'https://login.microsoftonline.com',
          tokenPath: '/organizations/oauth2/v2.0/token',
          authorizePath: '/organizations/oauth2/v2.0/authorize',
        };
  const library = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth,
    options: { authorizationMethod: 'body' },
  });
  const token = await check(
    'getToken',
    RFC6749,
    async () => {
      const code = await codeAt(library.authorizeURL({ redirect_uri, scope, state: 's', ...offline }));
      return await library.getToken({ code, redirect_uri });
    },
    { token: { access_token: isText, refresh_token: isText, token_type: 'Bearer' } },
  );
  await check('refresh', RFC6749, async () => await token?.refresh(), { token: { access_token: isText } });
  if (name === 'Google')
    await check('revoke', 'RFC 7009', async () => await token?.revoke('access_token'), {});
}

async function checkArctic(report: Report, { sandbox }: World): Promise<void> {
  const { google, azureDevOps } = sandbox;
  const first = new Google(google.app.clientId, google.app.clientSecret, REDIRECT.google);
  const { verifier } = pkce();
  const ofGoogle = await report.check(
    'Google validateAuthorizationCode',
    RFC6749,
    async () => {
      const url = first.createAuthorizationURL('s', verifier, ['openid', 'email']);
      url.searchParams.set('access_type', 'offline');
      url.searchParams.set('prompt', 'consent');
      return (await first.validateAuthorizationCode(await codeAt(url), verifier)).data;
    },
    { access_token: isText, id_token: isText },
  );
  const tokens = (ofGoogle ?? {}) as { refresh_token?: string; access_token?: string };
  await report.check(
    'Google refreshAccessToken',
    RFC6749,
    async () => (await first.refreshAccessToken(tokens.refresh_token ?? '')).accessToken(),
    isText,
  );
  await report.check(
    'Google revokeToken',
    'RFC 7009',
    () => first.revokeToken(tokens.access_token ?? ''),
    undefined,
  );
  const { clientId, clientSecret = '' } = azureDevOps.app;
  const entra = new MicrosoftEntraId(azureDevOps.tenant.id, clientId, clientSecret, REDIRECT.microsoft);
  const scopes = ['openid', 'profile', 'offline_access'];
  const ofEntra = await report.check(
    'Entra validateAuthorizationCode',
    RFC6749,
    async () => {
      const code = await codeAt(entra.createAuthorizationURL('s', verifier, scopes));
      return (await entra.validateAuthorizationCode(code, verifier)).data;
    },
    { access_token: isText, id_token: isText, refresh_token: isText },
  );
  const { refresh_token: refreshToken = '' } = (ofEntra ?? {}) as { refresh_token?: string };
  await report.check(
    'Entra refreshAccessToken',
    RFC6749,
    async () => (await entra.refreshAccessToken(refreshToken, scopes)).accessToken(),
    isText,
  );
}

async function checkPassport(report: Report, { sandbox }: World): Promise<void> {
  const { clientId: clientID, clientSecret } = sandbox.google.app;
  await report.check(
    'the way through the browser, and the profile',
    'https://www.passportjs.org/packages/passport-google-oauth20/',
    async () => {
      const strategy = new GoogleStrategy(
        { clientID, clientSecret, callbackURL: REDIRECT.google, scope: ['openid', 'profile', 'email'] },
        (_token, _refresh, profile, done) => done(null, profile),
      );
      const run = (query: Record<string, string>): Promise<{ user?: unknown; url?: string }> =>
        new Promise((resolve, reject) => {
          const instance = Object.assign(Object.create(strategy) as passport.Strategy, {
            success: (user: unknown) => resolve({ user }),
            redirect: (url: string) => resolve({ url }),
            error: reject,
            fail: (why: unknown) => reject(new Error(JSON.stringify(why))),
          });
          instance.authenticate({ query, headers: {}, connection: {}, session: {} }, {});
        });
      const { url = '' } = await run({});
      return (await run({ code: await codeAt(url) })).user;
    },
    { id: isText, displayName: 'Ada Okonkwo', emails: [{ value: 'ada@example.com' }] },
  );
}
