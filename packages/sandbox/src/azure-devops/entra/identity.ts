import { emptyResponse, jsonResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import type { Grant } from '../../oauth/grants.ts';
import type { OAuthRoute } from '../../oauth/routes.ts';
import type { OAuthCall } from '../../oauth/server.ts';
import { base64Url, jwks, signJwt } from '../../oauth/signing-key.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import { ANY_TENANT, DEMO_TENANT, isTenant } from './tenant.ts';

export const GRAPH_HOST = 'graph.microsoft.com';
const BASE = 'https://login.microsoftonline.com';

/** Discovery, keys, and who a token's user is. The paths begin with the host. */
export function entraIdentityRoutes(people: readonly AzureDevOpsPerson[]): readonly OAuthRoute[] {
  const host = '/login.microsoftonline.com';
  return [
    route('oauth.discovery', `${host}/{tenant}/v2.0/.well-known/openid-configuration`, discovery),
    route('oauth.instance', `${host}/common/discovery/instance`, instance),
    route('oauth.certs', `${host}/{tenant}/discovery/v2.0/keys`, async () => jsonResponse(await jwks())),
    route('oauth.userinfo', `/${GRAPH_HOST}/oidc/userinfo`, (call) =>
      answerPerson(call, people, ({ id, displayName, uniqueName }) => ({
        sub: id,
        name: displayName,
        email: uniqueName,
      })),
    ),
    route('graph.me', `/${GRAPH_HOST}/v1.0/me`, (call) =>
      answerPerson(call, people, ({ id, displayName, uniqueName }) => ({
        id,
        displayName,
        userPrincipalName: uniqueName,
        mail: uniqueName,
      })),
    ),
  ];
}

function route(operation: string, path: string, handle: OAuthRoute['handle']): OAuthRoute {
  return { operation, method: 'GET', path, handle };
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
function discovery({ path }: OAuthCall): Response {
  const tenant = path.get('tenant') ?? '';
  if (!isTenant(tenant)) {
    const words = `AADSTS90002: Tenant '${tenant}' not found.`;
    return jsonResponse({ error: 'invalid_tenant', error_description: words, error_codes: [90002] }, 400);
  }
  const base = `${BASE}/${tenant}`;
  return jsonResponse({
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    // The endpoints of any tenant say so: who reads them puts the token's tenant into the braces.
    issuer: ANY_TENANT.includes(tenant) ? `${BASE}/{tenantid}/v2.0` : ISSUER,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `https://${GRAPH_HOST}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'email',
    ],
  });
}

const ISSUER = `${BASE}/${DEMO_TENANT.id}/v2.0`;

/** Which hosts are one cloud: what MSAL asks before it trusts an authority. */
function instance(): Response {
  const aliases = [
    'login.microsoftonline.com',
    'login.windows.net',
    'login.microsoft.com',
    'sts.windows.net',
  ];
  const [network] = aliases;
  return jsonResponse({
    tenant_discovery_endpoint: `${BASE}/${DEMO_TENANT.id}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: network, preferred_cache: 'login.windows.net', aliases }],
  });
}

function answerPerson(
  { server, request }: OAuthCall,
  people: readonly AzureDevOpsPerson[],
  show: (person: AzureDevOpsPerson) => JsonObject,
): Response {
  const grant = server.grants.authorizeBearer(request.headers.get('authorization'));
  const person = people.find(({ uniqueName }) => uniqueName === grant?.consent.account);
  return person ? jsonResponse(show(person)) : emptyResponse(401);
}

/** The `id_token` and `client_info` of a token response, for an app that asked for `openid`. */
export async function idTokenFields(
  { consent: { account, clientId }, openId = [] }: Grant,
  nonce: string | undefined,
  { people, now }: { people: readonly AzureDevOpsPerson[]; now: number },
): Promise<JsonObject> {
  const person = people.find(({ uniqueName }) => uniqueName === account);
  if (!person || !openId.includes('openid')) return {};
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    aud: clientId,
    iss: ISSUER,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + 3900,
    ...(openId.includes('email') && { email: person.uniqueName }),
    ...(openId.includes('profile') && { name: person.displayName, preferred_username: person.uniqueName }),
    ...(nonce !== undefined && { nonce }),
    oid: person.id,
    sub: person.descriptor,
    tid: DEMO_TENANT.id,
    ver: '2.0',
  };
  const info = JSON.stringify({ uid: person.id, utid: DEMO_TENANT.id });
  return { id_token: await signJwt(claims), client_info: base64Url(new TextEncoder().encode(info)) };
}
