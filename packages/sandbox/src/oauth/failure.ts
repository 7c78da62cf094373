import { jsonResponse } from '../http/responses.ts';
import type { JsonObject } from '../json.ts';

/**
 * Why an authorization server refuses a request, each as `error: description`, with the errors of RFC 6749. `{}` stands
 * for the value that was wrong. Providers replace what they word differently.
 */
export const COMMON_FAILURES = {
  unknownApp: 'invalid_client: This app is not known (invalid_client).',
  wrongRedirectUri: 'invalid_request: The redirect URI is not the registered one (invalid_request).',
  wrongResponseType: 'unsupported_response_type',
  wrongResponseMode: 'invalid_request: The response mode {} is not supported.',
  invalidScope: 'invalid_scope',
  invalidChallenge: 'invalid_request',
  accessDenied: 'access_denied',
  notAForm: 'invalid_request: The body must be application/x-www-form-urlencoded',
  unknownClient: 'invalid_client: Bad client credentials',
  wrongSecret: 'invalid_client: Bad client credentials',
  unprovenClient: 'invalid_client: Bad client credentials',
  wrongAssertionType: 'invalid_client: Bad client credentials',
  malformedAssertion: 'invalid_client: Bad client credentials',
  assertionOfAnotherApp: 'invalid_client: Bad client credentials',
  unregisteredKey: 'invalid_client: Bad client credentials',
  wrongAudience: 'invalid_client: Bad client credentials',
  assertionOutOfTime: 'invalid_client: Bad client credentials',
  unsupportedGrantType: 'unsupported_grant_type: Unsupported grant type: {}',
  unknownCode: 'invalid_grant: Invalid authorization code',
  usedCode: 'invalid_grant: The authorization code was used before',
  expiredCode: 'invalid_grant: The authorization code has expired',
  codeOfAnotherApp: 'invalid_grant: The code was issued to another client',
  codeForAnotherUri: 'invalid_grant: Redirect URI mismatch',
  unexpectedVerifier: 'invalid_grant: A code verifier came without a challenge',
  missingVerifier: 'invalid_grant: The code verifier does not match',
  wrongVerifier: 'invalid_grant: The code verifier does not match',
  unknownRefreshToken: 'invalid_grant: Invalid refresh token',
  refreshTokenOfAnotherApp: 'invalid_grant: Invalid refresh token',
  revokedRefreshToken: 'invalid_grant: The refresh token is no longer valid',
  expiredRefreshToken: 'invalid_grant: The refresh token has expired',
  unknownDeviceCode: 'invalid_grant: Malformed or unknown device code',
  expiredDeviceCode: 'expired_token: The device code has expired',
  authorizationPending: 'authorization_pending: The user has not decided yet',
  slowDown: 'slow_down: The device polls too often',
} as const;

export type Reason = keyof typeof COMMON_FAILURES;

/** Reasons that only some providers have. The others let the request pass. */
export type OptionalReason =
  | 'missingParameter'
  | 'malformedBasic'
  | 'twoCredentials'
  | 'missingSecret'
  | 'unexpectedSecret'
  | 'challengeRequired';

export type Failures = Partial<Record<Reason | OptionalReason, string>>;

/** What a provider adds to its JSON failures. */
export interface FailureExtras {
  readonly fields?: JsonObject;
  readonly headers?: Record<string, string>;
  /** In place of RFC 6749's. */
  readonly status?: number | undefined;
}

/** A refusal, answered as JSON, as a redirect to the app or as a page. */
export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure';
  readonly error: string;
  readonly status: number;

  /** `words` as in {@link COMMON_FAILURES}; `detail` is the value that was wrong. */
  constructor(words: string, detail = '') {
    const [error = '', ...description] = words.split(': ');
    super(description.join(': ').replace('{}', () => detail));
    this.error = error;
    this.status = error === 'invalid_client' ? 401 : 400;
  }

  toResponse({ fields, headers, status = this.status }: FailureExtras = {}): Response {
    return jsonResponse({ error: this.error, error_description: this.message, ...fields }, status, headers);
  }
}
