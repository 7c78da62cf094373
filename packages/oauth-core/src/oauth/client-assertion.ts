import type { ClientAuth } from 'oauth4webapi';
import { ContextSdkError, ServiceUnavailableError } from '../errors/index.ts';
import { isToken } from './token-set.ts';

/** Whom an assertion is to convince. */
export interface AssertionRequest {
  clientId: string;
  /** The provider's issuer, and the URL that the assertion is sent to: its audience is one of them. */
  issuer: string;
  tokenEndpoint: string;
}

/**
 * Gives a JWT by which the app proves itself instead of with a secret (RFC 7523 §2.2): `privateKeyJwt` of
 * `@context-sdk/oauth-core/client-auth`, or for a federated credential a function that reads the platform's own token. Asked
 * before each request for tokens.
 */
export type ClientAssertion = (request: AssertionRequest) => Promise<string> | string;

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** In the form that oauth4webapi takes. */
export function assertedBy(assertion: ClientAssertion, service: string): ClientAuth {
  return async ({ issuer, token_endpoint: tokenEndpoint = '' }, { client_id: clientId }, body) => {
    const jwt = await assertionFrom(assertion, { clientId, issuer, tokenEndpoint }, service);
    body.set('client_id', clientId);
    body.set('client_assertion_type', TYPE);
    body.set('client_assertion', jwt);
  };
}

/** What a signer or a file system says may hold anything, so it is not shown. No grant ends by it. */
async function assertionFrom(
  assertion: ClientAssertion,
  request: AssertionRequest,
  service: string,
): Promise<string> {
  const failed = (problem: string): ServiceUnavailableError =>
    new ServiceUnavailableError(`clientAssertion ${problem}, so ${service} was not asked.`, { service });
  let jwt: unknown;
  try {
    jwt = await assertion(request);
  } catch (error) {
    throw error instanceof ContextSdkError ? error : failed('failed');
  }
  const text = typeof jwt === 'string' ? jwt.trim() : '';
  if (!isToken(text)) throw failed('gave no JWT');
  return text;
}
