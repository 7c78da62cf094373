import { identityOf, type TokenSet } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { keys } from '../../records/keys.ts';
import { DECISION_SECONDS } from './pending-grant.ts';

/** Longer than a sign-in takes from the provider's response to its connection. */
const SIGN_IN_MS = 5 * 60_000;

/** Whose connection a grant is to become, as far as it is known. */
interface Destination {
  /** Absent while only `onConnected` knows. */
  userId?: string | undefined;
  /** The provider's id of the account. */
  accountId?: string | undefined;
}

/**
 * A grant that a sign-in has just given. It is in the outbox of revocations until it is a connection, so that no failure, no
 * crash and no user who leaves keeps it alive at the provider.
 */
export class SignInGrant {
  readonly tokenSet: TokenSet;
  readonly #options: Pick<ResolvedOptions, 'oauth' | 'revocations'>;
  readonly #provider: ProviderId;
  #id: string | undefined;

  constructor(
    options: Pick<ResolvedOptions, 'oauth' | 'revocations'>,
    provider: ProviderId,
    tokenSet: TokenSet,
  ) {
    this.tokenSet = { ...tokenSet, grantId: tokenSet.grantId ?? crypto.randomUUID() };
    this.#options = options;
    this.#provider = provider;
  }

  /** Has the grant revoked unless it becomes the user's connection within minutes. Throws {@link StoreError}. */
  async revokeUnlessStored(destination: Destination): Promise<void> {
    this.#id = await this.#add(destination, SIGN_IN_MS);
  }

  /** Leaves it to the user what becomes of the grant. One who does not decide does not want it. Throws {@link StoreError}. */
  async waitForDecision(destination: Destination): Promise<void> {
    await this.#add(destination, DECISION_SECONDS * 1000 + SIGN_IN_MS);
    this.#id = undefined;
  }

  /** Revokes the grant now, unless it is the user's connection. If that fails, maintenance does it. */
  async settle(): Promise<void> {
    if (this.#id !== undefined) await this.#options.revocations.attempt(this.#id).catch(() => undefined);
  }

  async #add(
    { userId, accountId = identityOf(this.tokenSet)?.subject }: Destination,
    afterMs: number,
  ): Promise<string | undefined> {
    const { oauth, revocations } = this.#options;
    const provider = oauth.get(this.#provider)?.provider;
    if (provider?.revocationEndpoint === undefined) return undefined;
    const tokenSet = { ...this.tokenSet, ...(accountId !== undefined && { accountId }) };
    const key = userId === undefined ? undefined : keys.tokens(userId, this.#provider);
    return await revocations.add({ provider: provider.id, tokenSet, key, userId }, { afterMs });
  }
}
