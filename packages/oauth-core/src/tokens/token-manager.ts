import { ConfigurationError, GrantChangedError } from '../errors/index.ts';
import { readLeased } from '../leases/read-leased.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import { raceAbort, withSoftTimeout } from '../timing/timeouts.ts';
import type {
  AccessTokenOptions,
  AccessTokenSource,
  Credential,
  CredentialOptions,
} from './access-token-source.ts';
import { CREDENTIAL_OPTIONS, TOKEN_OPTIONS } from './credential-options.ts';
import type { KnownRecord } from './known-record.ts';
import { localRecord } from './local-record.ts';
import type { RevocationOutcome } from './outbox/pending-revocation.ts';
import type { RefreshContext } from './refresh-context.ts';
import { isUnexpired, isUsable } from './refresh-schedule.ts';
import { refreshUnderLease } from './refresh-under-lease.ts';
import { deleteGrant, endGrant, storeGrant } from './replace-grant.ts';
import { revokeAtProvider } from './revoke-at-provider.ts';
import { refreshContextOf, type TokenManagerOptions } from './token-manager-options.ts';
import { isTokenRecord, problemIn, type TokenRecord } from './token-record.ts';
import { statusOf, type TokenStatus } from './token-status.ts';
import { usableRecord } from './usable-record.ts';

/** How long a record in memory is trusted before the store is asked whether another process changed it. */
const TRUST_MS = 30_000;
/** How long a good token is served without asking a store that is away. */
const AWAY_MS = 5_000;

/** What to revoke. */
export interface RevokeOptions {
  /** Revokes this grant only, as in {@link Credential}. Default: whichever is stored. */
  grantId?: string | undefined;
}

const REVOKE_OPTIONS: OptionTypes<RevokeOptions> = { grantId: 'string' };

/** If no scopes are recorded, it is not known what the grant covers. */
function lacksAll(record: TokenRecord | undefined, anyOf: readonly string[]): boolean {
  const granted = record?.tokenSet.scopes ?? [];
  return granted.length > 0 && !anyOf.some((scope) => granted.includes(scope));
}

/**
 * Keeps the tokens of one connection fresh, in one process or many that share a store: refreshes early, at most
 * once at a time, stores new tokens before it hands them out, and serves the token it has while the provider
 * is away.
 *
 * Any number of objects may be made for one `store` and `key`. `util.inspect` shows no token.
 */
export class TokenManager implements AccessTokenSource {
  readonly account: string;
  readonly #context: RefreshContext;
  readonly #known: KnownRecord;

  /** Throws {@link ConfigurationError} where the lease could end before a token request and its storing do. */
  constructor(options: TokenManagerOptions) {
    this.#context = refreshContextOf(options);
    this.#known = this.#context.shared.known;
    this.account = options.account ?? options.key;
  }

  /**
   * A token that is good now. Throws {@link ReauthorizationRequiredError} where only a new sign-in helps;
   * {@link ServiceUnavailableError}, {@link RateLimitError}, {@link NetworkError}, {@link TimeoutError} where
   * the token has ended and the provider can't be reached; {@link StoreError} where the store can't.
   */
  async getAccessToken(options?: AccessTokenOptions): Promise<string> {
    checkOptions(options, TOKEN_OPTIONS);
    const rejected = options?.rejected ?? undefined;
    const signal = options?.signal ?? undefined;
    signal?.throwIfAborted();
    const record = await raceAbort(this.#recent(rejected), signal);
    return (await this.#goodRecord(record, rejected, signal)).tokenSet.accessToken;
  }

  /**
   * The same with its grant: `grantId`, or else the one that is there when the call begins. Throws
   * {@link GrantChangedError} besides, if another sign-in has replaced it.
   */
  async getCredential(options?: CredentialOptions): Promise<Credential> {
    checkOptions(options, CREDENTIAL_OPTIONS);
    const rejected = options?.rejected ?? undefined;
    const grantId = options?.grantId ?? undefined;
    const signal = options?.signal ?? undefined;
    signal?.throwIfAborted();
    const found = await raceAbort(this.#recent(rejected, grantId), signal);
    const pinned = grantId ?? found?.grantId;
    if (found !== undefined) this.#checkGrant(found, pinned);
    const record = await this.#goodRecord(found, rejected, signal, pinned);
    const { accessToken: token, refreshToken, origin } = record.tokenSet;
    return {
      token,
      scheme: 'Bearer',
      grantId: record.grantId,
      origin,
      renewable: refreshToken !== undefined,
    };
  }

  /** The token in memory, if it is good right now and of this grant. */
  current(grantId?: string): string | undefined {
    const { record } = this.#known;
    if (record === undefined || !isUsable(record)) return undefined;
    return grantId === undefined || record.grantId === grantId ? record.tokenSet.accessToken : undefined;
  }

  /**
   * Whether the user granted none of these scopes, as far as the provider has said. Asks the store before it says yes:
   * the user may just have granted more, in another process.
   */
  async lacks(anyOf: readonly string[]): Promise<boolean> {
    if (!lacksAll(this.#known.record, anyOf)) return false;
    return lacksAll(await this.#read(), anyOf);
  }

  /**
   * Stores what a sign-in gave. From here on an earlier grant can't come back, but its refresh token stays where the same
   * person signed in again and got none: Google issues one at the first consent only. A record that can't be read is
   * replaced. Throws {@link ConfigurationError} naming the member of the token set that can't be right, and
   * {@link StoreError}.
   */
  async save(tokenSet: TokenSet): Promise<void> {
    const problem = problemIn(tokenSet);
    if (problem !== undefined) throw new ConfigurationError(`${problem}.`);
    await storeGrant(this.#context, tokenSet);
  }

  /** Where this connection stands, from the store, without a request to the provider. */
  async status(): Promise<TokenStatus> {
    return statusOf(await this.#read());
  }

  /**
   * Ends the connection: this process stops using the tokens (others notice within 30 s, or when a token is rejected),
   * then the provider revokes them, then the record is deleted. If the provider can't be reached, the grant stays in the
   * outbox `revocations`, and the result is `pending`; without an outbox the error says so, and another call tries again.
   * If another sign-in than that of `grantId` has stored its tokens by now, does nothing: `in-use`.
   */
  async revoke(options?: RevokeOptions): Promise<RevocationOutcome> {
    checkOptions(options, REVOKE_OPTIONS);
    const ended = await endGrant(this.#context, options?.grantId ?? undefined);
    if (ended === undefined) return 'revoked';
    if (ended === 'other') return 'in-use';
    const outcome = await revokeAtProvider(this.#context, ended.tokenSet);
    await deleteGrant(this.#context, ended.grantId);
    return outcome;
  }

  /** `pinned`: any other grant ends the wait with {@link GrantChangedError}. */
  async #goodRecord(
    found: TokenRecord | undefined,
    rejected: string | undefined,
    signal: AbortSignal | undefined,
    pinned?: string,
  ): Promise<TokenRecord> {
    if (rejected === undefined && found !== undefined && isUsable(found)) {
      this.#refreshEarly(found);
      return found;
    }
    const refreshed = await raceAbort(this.#refresh(rejected, pinned), signal);
    if (refreshed.tokenSet.accessToken !== rejected && isUnexpired(refreshed)) return refreshed;
    // The refresh that this call joined was begun before the rejection, or the process stood still until its token had ended.
    return await raceAbort(this.#refresh(rejected, pinned), signal);
  }

  #checkGrant({ grantId }: TokenRecord, pinned: string | undefined): void {
    if (pinned === undefined || grantId === pinned) return;
    throw new GrantChangedError({ service: this.#context.client.provider.id });
  }

  async #recent(rejected: string | undefined, pinned?: string): Promise<TokenRecord | undefined> {
    const isGood = rejected === undefined && this.current(pinned) !== undefined;
    if (!isGood) return await this.#read();
    if (performance.now() - this.#known.readAt < TRUST_MS) return this.#known.record;
    const read = await withSoftTimeout(this.#read());
    if (read !== undefined) return read.value;
    this.#known.readAt = performance.now() - TRUST_MS + AWAY_MS;
    return this.#known.record;
  }

  async #read(): Promise<TokenRecord | undefined> {
    const reading = this.#known.begin();
    const { store, key } = this.#context;
    const read = localRecord(this.#context, await readLeased(store, key, isTokenRecord));
    this.#known.read(reading, read);
    // A call that began before `revoke()` may still get what it read; nothing remembers it.
    return this.#known.record ?? read;
  }

  async #refresh(rejected: string | undefined, pinned?: string): Promise<TokenRecord> {
    const { refreshes } = this.#context.shared;
    const record = await refreshes.run(() => refreshUnderLease(this.#context, rejected));
    // The grant may have been ended or replaced meanwhile.
    const isInUse = this.#known.hasGrantOf(record);
    if (isInUse) this.#checkGrant(record, pinned);
    return isInUse ? record : await this.#refresh(rejected, pinned);
  }

  /** While the token is still good, callers do not wait, and only the hook learns of a failure. */
  #refreshEarly(record: TokenRecord): void {
    try {
      if (usableRecord(record, undefined, this.#context.client.provider.id) !== undefined) return;
    } catch {
      return;
    }
    this.#refresh(undefined).catch(() => undefined);
  }
}
