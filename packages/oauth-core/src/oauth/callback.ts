import type { AuthorizationServer, Client } from 'oauth4webapi';
import { AuthorizationError, type ReauthorizationRequiredError } from '../errors/index.ts';
import type { AuthorizationTransaction } from './authorization-transactions.ts';
import type { OAuthLibrary } from './library.ts';
import { isErrorCode } from './provider-text.ts';

function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) {
    throw new AuthorizationError(
      name === 'state' ? 'state-repeated' : 'code-missing',
      `The callback has more than one ${name}.`,
    );
  }
  return values[0] || undefined;
}

function checkState(parameters: URLSearchParams, transaction: AuthorizationTransaction): void {
  const state = single(parameters, 'state');
  if (state === undefined) throw new AuthorizationError('state-missing', 'The callback has no state.');
  if (state !== transaction.state) {
    throw new AuthorizationError('state-mismatch', 'The state of the callback is not that of this sign-in.');
  }
  if (typeof transaction.expiresAt !== 'number' || Date.now() > transaction.expiresAt) {
    throw new AuthorizationError('transaction-expired', 'The sign-in began over ten minutes ago.');
  }
}

/** The text of an error redirect is the sender's; only a code that is known is repeated. */
function checkRefusal(parameters: URLSearchParams, service: string): void {
  const error = parameters.get('error');
  if (error === null) return;
  const providerCode = isErrorCode(error) ? error : undefined;
  const named = providerCode ? ` (${providerCode})` : '';
  const isRefusal = providerCode === undefined || providerCode === 'access_denied';
  const what = isRefusal ? 'grant access' : 'complete the sign-in';
  throw new AuthorizationError('denied', `${service} did not ${what}${named}.`, { service, providerCode });
}

/**
 * Checks a callback against its transaction. The state comes first: whatever else a callback without it says is
 * not believed (RFC 6749 §10.12).
 */
export function checkCallback(
  server: AuthorizationServer,
  parameters: URLSearchParams,
  transaction: AuthorizationTransaction,
): void {
  const service = transaction.provider;
  checkState(parameters, transaction);
  const issuer = parameters.getAll('iss');
  if (issuer.some((iss) => iss !== server.issuer) || issuer.length > 1) {
    throw new AuthorizationError('issuer-mismatch', `The callback does not come from ${service}.`, {
      service,
    });
  }
  if (issuer.length === 0 && server.authorization_response_iss_parameter_supported) {
    throw new AuthorizationError('issuer-mismatch', 'The callback does not name its issuer.', { service });
  }
  checkRefusal(parameters, service);
  if (single(parameters, 'code') === undefined) {
    throw new AuthorizationError('code-missing', 'The callback has no code.', { service });
  }
}

/** The parameters as oauth4webapi takes them. Its own errors hold the whole callback, code and all. */
export function validatedCallback(
  library: OAuthLibrary,
  server: AuthorizationServer,
  client: Client,
  { callback, state, service }: { callback: URLSearchParams; state: string; service: string },
): URLSearchParams {
  try {
    return library.validateAuthResponse(server, client, callback, state);
  } catch {
    const message = `The callback is not one that ${service} sends.`;
    throw new AuthorizationError('code-missing', message, { service });
  }
}

/** In the provider's own words: the code may be used or expired, or was meant for another redirect URI. */
export function refusedCode(
  service: string,
  { hint = '', providerCode }: ReauthorizationRequiredError,
): AuthorizationError {
  const advice = /redirect/i.test(hint) ? ' Check redirectUri.' : '';
  const message = `${service} does not take the code. ${hint}${advice}`.trim();
  return new AuthorizationError('exchange-refused', message, { service, providerCode });
}
