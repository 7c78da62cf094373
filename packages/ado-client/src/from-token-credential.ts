import type { AccessTokenSource } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { ReauthorizationRequiredError, ServiceUnavailableError } from '@context-sdk/oauth-core/errors';
import { misconfigured, SERVICE } from './errors.ts';

/** What `@azure/identity` calls a `TokenCredential`: managed identity, workload federation, Azure CLI, and others. */
export interface TokenCredentialLike {
  /** A token for these scopes, and when it ends, in milliseconds since the epoch. */
  getToken(
    scopes: string | string[],
    options?: { abortSignal?: AbortSignal },
  ): Promise<{ token: string; expiresOnTimestamp: number } | null>;
}

/** Azure DevOps, as Entra ID knows it: everything that the identity may do there. */
const SCOPE = '499b84ac-1321-427f-aa17-267ca6975798/.default';
/** A token is replaced so long before it ends, in milliseconds. */
const EARLY_MS = 300_000;

type Token = NonNullable<Awaited<ReturnType<TokenCredentialLike['getToken']>>>;

function isToken(value: unknown): value is Token {
  return isObject(value) && typeof value['token'] === 'string' && value['token'] !== '';
}

/** The error for a credential that gives no token. What its library throws may hold the request with its secret, so only the status goes on. */
function noToken(thrown?: unknown): ReauthorizationRequiredError | ServiceUnavailableError {
  // `AuthenticationError` of `@azure/identity`, also of what a managed identity asks.
  const status = isObject(thrown) ? thrown['statusCode'] : undefined;
  if (typeof status === 'number' && (status >= 500 || status === 429)) {
    return new ServiceUnavailableError(`The credential got no token for Azure DevOps: ${status}.`, {
      service: SERVICE,
      status,
    });
  }
  const hint = 'The credential gave no token for Azure DevOps.';
  return new ReauthorizationRequiredError('expired', { service: SERVICE, hint });
}

/**
 * A credential of `@azure/identity` as a source of access tokens; its identity has to be a member of the organization.
 * Throws {@link ConfigurationError} if it is none. Getting a token rejects with {@link ReauthorizationRequiredError} if the
 * credential has none, or only the one that Azure DevOps refused, and with {@link ServiceUnavailableError} if its service is down.
 */
export function fromTokenCredential(credential: TokenCredentialLike): AccessTokenSource {
  if (typeof credential?.getToken !== 'function') throw misconfigured('credential has no getToken.');
  let known: Token | undefined;
  let asking: Promise<string> | undefined;
  const current = (): string | undefined =>
    known !== undefined && known.expiresOnTimestamp - EARLY_MS > Date.now() ? known.token : undefined;
  const ask = async (): Promise<string> => {
    let given: unknown;
    try {
      given = await credential.getToken(SCOPE);
    } catch (error) {
      throw noToken(error);
    }
    if (!isToken(given)) throw noToken();
    known = given;
    return given.token;
  };
  return {
    current,
    async getAccessToken(options) {
      const { rejected } = options ?? {};
      const fresh = current();
      if (fresh !== undefined && fresh !== rejected) return fresh;
      asking ??= ask().finally(() => (asking = undefined));
      const token = await asking;
      if (token !== rejected) return token;
      throw new ReauthorizationRequiredError('rejected', { service: SERVICE });
    },
  };
}
