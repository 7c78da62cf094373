import type { ContextSdkError } from '@context-sdk/oauth-core';
import { isObject, tellListener } from '@context-sdk/oauth-core/client-kit';
import { internalError } from './internal-error.ts';
import type { BearerAuth, McpLibrary } from './library.ts';

/** The codes that a client can do something with (RFC 6750 §3.1, RFC 6749 §4.1.2.1), and what it is told. */
const TEXTS: Readonly<Record<string, string>> = {
  invalid_request: 'The request can’t be authorized.',
  invalid_token: 'The token is not valid.',
  insufficient_scope: 'The token lacks a scope.',
  server_error: 'The token could not be verified.',
  temporarily_unavailable: 'The token can’t be verified now.',
};

/** These say that the verifier failed, and not the client. */
const FAILURES: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/**
 * A verifier whose errors contain only their codes. The SDK sends messages to the client, and those of libraries and authorization
 * servers may repeat the token, or the secret with which it was verified. `onError` hears of failures of the verifier itself.
 */
export function quietVerifier(
  sdk: McpLibrary,
  verifier: BearerAuth['verifier'],
  onError: ((error: ContextSdkError) => unknown) | null | undefined,
): BearerAuth['verifier'] {
  return {
    async verifyAccessToken(token) {
      try {
        return await verifier.verifyAccessToken(token);
      } catch (error) {
        const code = isObject(error) ? String(error['code']) : '';
        const known = Object.hasOwn(TEXTS, code) ? code : 'server_error';
        if (FAILURES.has(known)) tellListener(onError, internalError('authorization.verifier', error, true));
        throw new sdk.OAuthError(known as never, TEXTS[known] ?? '');
      }
    },
  };
}
