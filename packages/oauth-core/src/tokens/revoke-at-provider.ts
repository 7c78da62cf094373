import { ApiError, ReauthorizationRequiredError } from '../errors/index.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import type { RevocationOutcome } from './outbox/pending-revocation.ts';
import type { RefreshContext } from './refresh-context.ts';

type Revoker = Pick<RefreshContext, 'client' | 'key' | 'revocations'>;

/** A refusal that no second try changes: the provider no longer knows the tokens, which is the goal. */
function isFinalRefusal(error: unknown): boolean {
  if (error instanceof ReauthorizationRequiredError) return true;
  return error instanceof ApiError && !error.retryable;
}

/** Ends a grant at its provider: through the outbox, so that an outage leaves none behind, or by one request. */
export async function revokeAtProvider(
  { client, key, revocations }: Revoker,
  tokenSet: TokenSet,
): Promise<RevocationOutcome> {
  if (revocations !== undefined) {
    const id = await revocations.add({ provider: client.provider.id, tokenSet, key });
    return await revocations.attempt(id);
  }
  try {
    await client.revoke(tokenSet);
  } catch (error) {
    if (!isFinalRefusal(error)) throw error;
  }
  return client.provider.revocationEndpoint === undefined ? 'unsupported' : 'revoked';
}
