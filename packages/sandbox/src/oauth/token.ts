import { jsonResponse } from '../http/responses.ts';
import { bodyText, type ServiceRequest } from '../http/service.ts';
import type { JsonObject } from '../json.ts';
import { authenticateClient } from './client-authentication.ts';
import { authenticateDevice, pollDevice } from './device.ts';
import { exchangeCode } from './exchange-code.ts';
import { OAuthFailure } from './failure.ts';
import type { Grant } from './grants.ts';
import { refresh } from './refresh.ts';
import { failure, type OAuthCall, type OAuthServer } from './server.ts';

/** By RFC 8628, and as Entra ID also takes it. */
const DEVICE_GRANTS: ReadonlySet<string> = new Set([
  'urn:ietf:params:oauth:grant-type:device_code',
  'device_code',
]);

const ASSERTION_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The token endpoint: it takes forms only. */
export async function token(call: OAuthCall): Promise<Response> {
  const { profile, stats } = call.server;
  stats.tokenRequests += 1;
  try {
    const headers = { 'cache-control': profile.cacheControl ?? 'no-store', pragma: 'no-cache' };
    return jsonResponse(await grantTokens(call), 200, headers);
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error;
    return error.toResponse(profile.failureExtras?.(error, call.request));
  }
}

async function grantTokens({ server, request, path }: OAuthCall): Promise<JsonObject> {
  const { profile } = server;
  profile.checkPath?.(path);
  const form = readForm(server, request);
  const grantType = form.get('grant_type') ?? '';
  if (grantType === ASSERTION_GRANT && profile.grantToAssertion) {
    // The assertion is the grant and the proof; there is no client besides.
    const { account, scopes, clientId } = await profile.grantToAssertion(form.get('assertion') ?? '');
    const grant = server.grants.grantDirectly(account, clientId, { scopes, offline: false });
    return tokensOf(server, grant, { withRefreshToken: false });
  }
  const authenticate = DEVICE_GRANTS.has(grantType) ? authenticateDevice : authenticateClient;
  const client = await authenticate(server, request, form);
  if (grantType === 'authorization_code') {
    const { grant, nonce } = await exchangeCode(server, form, client);
    return tokensOf(server, grant, { withRefreshToken: grant.offline, nonce });
  }
  if (grantType === 'refresh_token' && profile.refreshTokens) {
    const grant = refresh(server, form, client, profile.refreshTokens);
    return tokensOf(server, grant, { withRefreshToken: profile.refreshTokens.rotates });
  }
  if (DEVICE_GRANTS.has(grantType) && profile.device) {
    const grant = pollDevice(server, form, client);
    return tokensOf(server, grant, { withRefreshToken: true });
  }
  if (grantType === 'client_credentials' && profile.grantToApp) {
    const { account, scopes } = profile.grantToApp(form, client.app, path);
    const grant = server.grants.grantDirectly(account, client.app.clientId, { scopes, offline: false });
    return tokensOf(server, grant, { withRefreshToken: false });
  }
  throw failure(server, 'unsupportedGrantType', grantType);
}

/** Some endpoints also take their parameters in the query. */
function readForm(server: OAuthServer, request: ServiceRequest): URLSearchParams {
  if (server.profile.readsQuery && request.query.size > 0) return request.query;
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw failure(server, 'notAForm');
  }
  return new URLSearchParams(bodyText(request));
}

async function tokensOf(
  { profile, grants }: OAuthServer,
  grant: Grant,
  { withRefreshToken, nonce }: { withRefreshToken: boolean; nonce?: string | undefined },
): Promise<JsonObject> {
  return {
    access_token: grants.issueAccessToken(grant, profile.accessTokenSeconds),
    token_type: profile.tokenType,
    expires_in: profile.accessTokenSeconds,
    scope: grant.scopes.join(' '),
    ...(withRefreshToken && { refresh_token: grants.issueRefreshToken(grant) }),
    ...(await profile.tokenFields?.(grant, nonce)),
  };
}
