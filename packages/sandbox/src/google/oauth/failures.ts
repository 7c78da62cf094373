import type { Failures } from '../../oauth/failure.ts';

/** The failures that Google's own checks need. */
type GoogleReason =
  | 'invalidScope'
  | 'invalidChallenge'
  | 'invalidParameter'
  | 'reauthentication'
  | 'malformedAssertion'
  | 'unknownServiceAccount'
  | 'unsignedAssertion'
  | 'wrongAudience'
  | 'assertionOutOfTime'
  | 'unknownSubject'
  | 'notDelegated';

const UNKNOWN_CLIENT = 'invalid_client: The OAuth client was not found.';
const EXPIRED_TOKEN = 'invalid_grant: Token has been expired or revoked.';
const BAD_REQUEST = 'invalid_grant: Bad Request';

export const GOOGLE_FAILURES: Failures & Record<GoogleReason, string> = {
  unknownApp: UNKNOWN_CLIENT,
  wrongRedirectUri: 'redirect_uri_mismatch: The redirect URI is not a registered one.',
  wrongResponseType: 'unsupported_response_type: The response type must be code.',
  invalidScope: 'invalid_scope: Some requested scopes were invalid.',
  invalidChallenge: 'invalid_request: Invalid code challenge.',
  invalidParameter: 'invalid_request: Invalid parameter value for {}.',
  notAForm: 'invalid_request: The body must be application/x-www-form-urlencoded.',
  unknownClient: UNKNOWN_CLIENT,
  malformedBasic: 'invalid_client: Unauthorized',
  twoCredentials: 'invalid_request: The client authenticates in two ways.',
  missingSecret: 'invalid_request: client_secret is missing.',
  wrongSecret: 'invalid_client: Unauthorized',
  unsupportedGrantType: 'unsupported_grant_type: Invalid grant_type: {}',
  unknownCode: BAD_REQUEST,
  usedCode: BAD_REQUEST,
  expiredCode: BAD_REQUEST,
  codeOfAnotherApp: BAD_REQUEST,
  codeForAnotherUri: 'redirect_uri_mismatch: Bad Request',
  unexpectedVerifier: 'invalid_grant: code_verifier or verifier is not needed.',
  missingVerifier: 'invalid_grant: Missing code verifier.',
  wrongVerifier: 'invalid_grant: Invalid code verifier.',
  unknownRefreshToken: EXPIRED_TOKEN,
  refreshTokenOfAnotherApp: BAD_REQUEST,
  revokedRefreshToken: EXPIRED_TOKEN,
  malformedAssertion: 'invalid_request: Bad Request',
  unknownServiceAccount: 'invalid_grant: Invalid grant: account not found',
  unsignedAssertion: 'invalid_grant: Invalid JWT Signature.',
  wrongAudience: 'invalid_grant: Invalid JWT: Failed audience check.',
  assertionOutOfTime:
    'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
  unknownSubject: 'invalid_grant: Invalid email or User ID',
  notDelegated:
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
  reauthentication: 'invalid_grant: reauth related error (invalid_rapt)',
};
