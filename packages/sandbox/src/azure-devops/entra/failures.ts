import type { FailureExtras, Failures, OAuthFailure } from '../../oauth/failure.ts';

/** The failures that Entra ID's own checks need. */
type EntraReason =
  'unknownTenant' | 'invalidScope' | 'notConsented' | 'noTenant' | 'publicApp' | 'notDefaultScope';

/** Each description begins with an error code of Entra ID. */
export const ENTRA_FAILURES: Failures & Record<EntraReason, string> = {
  unknownTenant: "invalid_request: AADSTS90002: Tenant '{}' not found.",
  unknownApp:
    "unauthorized_client: AADSTS700016: Application with identifier '{}' was not found in the directory.",
  wrongRedirectUri:
    "invalid_request: AADSTS50011: The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application.",
  wrongResponseType: "unsupported_response_type: AADSTS700054: The response_type is not 'code'.",
  invalidScope:
    "invalid_scope: AADSTS70011: The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope '{}' is not valid.",
  wrongResponseMode:
    "invalid_request: AADSTS70007: '{}' is not a supported value of 'response_mode' when requesting a token.",
  invalidChallenge: 'invalid_request: AADSTS501491: The code challenge method is not one of S256 and plain.',
  challengeRequired: 'invalid_request: AADSTS9002325: Proof Key for Code Exchange is required.',
  accessDenied: 'access_denied: AADSTS65004: User declined to consent to access the app.',
  notAForm: 'invalid_request: AADSTS900144: The body must be application/x-www-form-urlencoded.',
  missingParameter:
    "invalid_request: AADSTS900144: The request body must contain the following parameter: '{}'.",
  unknownClient:
    "unauthorized_client: AADSTS700016: Application with identifier '{}' was not found in the directory.",
  missingSecret:
    "invalid_client: AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  unexpectedSecret:
    "invalid_client: AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  wrongSecret: 'invalid_client: AADSTS7000215: Invalid client secret provided.',
  wrongAssertionType:
    "invalid_request: AADSTS900144: The request body must contain the following parameter: 'client_assertion_type'.",
  malformedAssertion: 'invalid_client: AADSTS50027: JWT token is invalid or malformed.',
  assertionOfAnotherApp:
    "invalid_client: AADSTS700021: Client assertion application identifier doesn't match 'client_id' parameter.",
  unregisteredKey:
    'invalid_client: AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.]',
  wrongAudience: 'invalid_client: AADSTS700023: Client assertion audience claim does not match Realm issuer.',
  assertionOutOfTime: 'invalid_client: AADSTS700024: Client assertion is not within its valid time range.',
  unsupportedGrantType: "unsupported_grant_type: AADSTS70003: The grant type '{}' is not supported.",
  unknownCode: 'invalid_grant: AADSTS9002313: The authorization code is malformed or invalid.',
  usedCode:
    'invalid_grant: AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code.',
  expiredCode:
    'invalid_grant: AADSTS70008: The provided authorization code or refresh token has expired due to inactivity.',
  codeOfAnotherApp: 'invalid_grant: AADSTS700005: The code was issued to another application.',
  codeForAnotherUri:
    'invalid_grant: AADSTS500112: The reply address does not match the one that the code was requested with.',
  unexpectedVerifier:
    'invalid_grant: AADSTS501481: A code_verifier came without a code_challenge in the authorization request.',
  missingVerifier:
    'invalid_grant: AADSTS501481: The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  wrongVerifier:
    'invalid_grant: AADSTS501481: The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  unknownRefreshToken: 'invalid_grant: AADSTS9002313: Invalid request. Request is malformed or invalid.',
  refreshTokenOfAnotherApp: 'invalid_grant: AADSTS9002313: Invalid request. Request is malformed or invalid.',
  revokedRefreshToken:
    "invalid_grant: AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed. The grant was issued on '{}'.",
  expiredRefreshToken:
    'invalid_grant: AADSTS700082: The refresh token has expired due to inactivity. The token was issued on {} and was inactive for 90.00:00:00.',
  unknownDeviceCode: 'invalid_grant: AADSTS90023: The device code is malformed or invalid.',
  expiredDeviceCode:
    'expired_token: AADSTS70020: The provided value for the input parameter device_code is expired.',
  authorizationPending:
    'authorization_pending: AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  slowDown: 'slow_down: AADSTS70016: OAuth 2.0 device flow error. Polling is too frequent.',
  notConsented:
    'invalid_grant: AADSTS65001: The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
  noTenant:
    'invalid_request: AADSTS50059: No tenant-identifying information found in either the request or implied by any provided credentials.',
  publicApp: 'unauthorized_client: AADSTS700024: A public client cannot use its own identity.',
  notDefaultScope:
    'invalid_scope: AADSTS1002012: The provided value for scope {} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
};

export const NO_STORE = 'no-store, no-cache';

/** The fields of a failure as Entra ID sends it, and its headers. */
export function entraFailureExtras({ message }: OAuthFailure, now: number): FailureExtras {
  const [, code = ''] = /^AADSTS(\d+)/.exec(message) ?? [];
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trace = crypto.randomUUID();
  const correlation = crypto.randomUUID();
  return {
    fields: {
      error_description: `${message}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
      error_codes: [Number(code)],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
    headers: { 'cache-control': NO_STORE, pragma: 'no-cache' },
  };
}
