import type { AccessTokenSource } from '@context-sdk/oauth-core';
import { ReauthorizationRequiredError } from '@context-sdk/oauth-core/errors';
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

/**
 * A credential of `@azure/identity` as a source of access tokens; its identity has to be a member of the organization.
 * Throws {@link ConfigurationError} if it is none. Getting a token rejects with {@link ReauthorizationRequiredError} if the
 * credential has none, or only the one that Azure DevOps refused.
 */
export function fromTokenCredential(credential: TokenCredentialLike): AccessTokenSource {
  if (typeof credential?.getToken !== 'function') throw misconfigured('credential has no getToken.');
  let known: { token: string; expiresOnTimestamp: number } | undefined;
  let asking: Promise<string> | undefined;
  const current = (): string | undefined =>
    known !== undefined && known.expiresOnTimestamp - EARLY_MS > Date.now() ? known.token : undefined;
  const ask = async (): Promise<string> => {
    // What such a library throws may hold the request with its credential.
    const token = await credential.getToken(SCOPE).catch(() => null);
    if (token === null) {
      const hint = 'The credential gave no token for Azure DevOps.';
      throw new ReauthorizationRequiredError('expired', { service: SERVICE, hint });
    }
    known = token;
    return token.token;
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
