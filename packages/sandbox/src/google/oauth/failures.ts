import type { Failures } from '../../oauth/failure.ts';

/** The failures that Google's own checks need. */
type GoogleReason = 'invalidScope' | 'invalidChallenge' | 'invalidParameter' | 'reauthentication';

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
  reauthentication: 'invalid_grant: reauth related error (invalid_rapt)',
};
