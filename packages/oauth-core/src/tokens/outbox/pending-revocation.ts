import type { ContextSdkError } from '../../errors/index.ts';
import type { OAuthClient } from '../../oauth/oauth-client.ts';
import type { TokenSet } from '../../oauth/token-set.ts';
import type { RecordStore } from '../../stores/record-store.ts';

/** A grant that is to end at its provider. */
export interface GrantToRevoke {
  /** The provider's id, as in `OAuthProvider`. */
  provider: string;
  tokenSet: TokenSet;
  /** The record that its tokens were in. While that record still has this grant, nothing is revoked. */
  key?: string | undefined;
  /** The host's user, for reports. */
  userId?: string | undefined;
}

/** A grant in the outbox, without its tokens. */
export interface PendingRevocation {
  id: string;
  provider: string;
  userId?: string;
  grantId?: string;
  accountId?: string;
  /** How often the provider was asked. */
  attempts: number;
  /** When it was put here, in epoch milliseconds. */
  since: number;
}

/**
 * - `revoked`: the provider has ended the grant, or no longer knows its tokens;
 * - `pending`: it could not be asked, or failed: the outbox tries again;
 * - `unsupported`: the provider has no revocation endpoint: only the user can end the grant there;
 * - `in-use`: the connection still has, or has again, what would be revoked: nothing was done.
 */
export type RevocationOutcome = 'revoked' | 'pending' | 'unsupported' | 'in-use';

/** One attempt to revoke a grant. */
export interface RevocationAttempt extends PendingRevocation {
  outcome: RevocationOutcome;
  /** Why it is pending. */
  error?: ContextSdkError;
}

/** What {@link RevocationOutbox} did. */
export interface RevocationReport {
  attempts: RevocationAttempt[];
  /** Grants whose next attempt is not due yet. */
  waiting: number;
  /** Records that can't be read, by key: they were skipped. */
  unreadable: { key: string; error: ContextSdkError }[];
}

/**
 * Runs `revoke` and other work that ends with a grant. The grant's tokens still work before `revoke` is called. `attempts` says how
 * often the provider was asked before. Has to return what `revoke` returned, or reject as it did; if it fails, `work` retries it.
 */
export type AroundRevocation = (
  grant: GrantToRevoke & { attempts: number },
  revoke: () => Promise<RevocationOutcome>,
) => Promise<RevocationOutcome>;

/** What the parts of an outbox share. */
export interface OutboxParts {
  store: RecordStore;
  clientOf: (provider: string) => OAuthClient | undefined;
  report: (attempt: RevocationAttempt) => void;
  around: AroundRevocation;
}
