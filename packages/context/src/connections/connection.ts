import type { CallOptions, ReauthorizationReason } from '@context-sdk/oauth-core';
import type { OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ChangeService } from '../options/provider-of-service.ts';

/** The account that a user connected, as far as the provider tells. */
export interface ConnectedAccount {
  /** The provider's permanent id of the user, if it has one. Use it to recognize users. */
  id?: string;
  /** TickTick's account name, which is its email address. */
  username?: string;
  email?: string;
  displayName?: string;
}

/** The types of its fields, for what hosts pass. */
export const CONNECTED_ACCOUNT: OptionTypes<ConnectedAccount> = {
  id: 'string',
  username: 'string',
  email: 'string',
  displayName: 'string',
};

/** The state of one provider for one user. Times are epoch milliseconds. */
export interface Connection {
  provider: ProviderId;
  /** Distinguishes several accounts at one provider. For now there is one. */
  account: 'default';
  /**
   * - `connected`: calls are expected to work;
   * - `expiring`: access ends within two weeks and cannot be renewed;
   * - `needs-reauthorization`: the user has to sign in, for the `reason` given;
   * - `missing-scopes`: the user did not grant all scopes: `missingScopes`.
   */
  state: 'connected' | 'expiring' | 'needs-reauthorization' | 'missing-scopes';
  /** `never-connected` also after a disconnect. */
  reason?: ReauthorizationReason;
  missingScopes?: readonly string[];
  /** `shared`: the user acts as the owner of the host's token. Absent without a connection. */
  kind?: 'oauth' | 'token' | 'shared';
  /** The connected account, as far as the provider tells. */
  identity?: ConnectedAccount;
  connectedAt?: number;
  /** When access ends if it is not renewed. */
  expiresAt?: number;
  /** Whether there is a refresh token that is believed to work. */
  refreshable?: boolean;
  /** Azure DevOps only. */
  organizationUrl?: string;
  /** Whether the connection's records are damaged, or encrypted with an unknown key. Signing in again mends it. */
  unreadable?: true;
}

/** A token that was created at the service by the user or the host. */
export interface TokenCredentials extends CallOptions {
  /** TickTick: Settings, Account, API Token. Azure DevOps: a personal access token for the organization. */
  token: string;
  /** Azure DevOps only. Default: `providers.azureDevOps.organizationUrl`. */
  organizationUrl?: string | undefined;
}

/** What came of a connection that was ended. */
export interface EndedConnection {
  provider: ProviderId;
  /**
   * - `ended`: nothing is left here or, but for `openPushes`, at the provider;
   * - `revocation-pending`: nothing is left here, and the provider could not be asked to revoke the tokens. Maintenance asks it
   *   again until it has;
   * - `token-remains`: a token was deleted here that only the user can revoke at the service.
   */
  outcome: 'ended' | 'revocation-pending' | 'token-remains';
  /**
   * Services that did not end their channels, watch or hooks. What they still deliver is refused, until Google ends them by itself
   * within a week, and Azure DevOps with the next delivery. If the revocation is pending, maintenance ends Google's before it.
   * Absent if there are none.
   */
  openPushes?: readonly ChangeService[];
}

/** What the host knows about tokens that it imports. */
export interface ImportOptions extends CallOptions {
  /** The account of the tokens. Default: asked of the provider. */
  account?: ConnectedAccount | undefined;
  /** Azure DevOps only. Default: `providers.azureDevOps.organizationUrl`. */
  organizationUrl?: string | undefined;
}

/** What a user's requests are sent with. Everything that is derived from a connection carries it. */
export interface Grant {
  /** New with every sign-in, and with every token. */
  id: string;
  /**
   * Whose state the derived records are: the same for all grants of one account and organization. If the provider does not
   * tell the account, each grant counts as another account.
   */
  owner: string;
}

/** The stored part of a connection. OAuth tokens have a record of their own. */
export interface ConnectionRecord {
  /** `token`: created by the user or the host, and never refreshed. */
  kind: 'oauth' | 'token';
  /** Epoch milliseconds. */
  connectedAt: number;
  /** Absent in records of earlier versions. */
  grant?: Grant;
  /** Epoch milliseconds: when a disconnect or a change of accounts began. Its changes are not told any more. */
  endingAt?: number;
  /** Whether it is a disconnect that began then. Maintenance finishes one that crashed. */
  isDisconnecting?: true;
  /** Whether the tokens of a sign-in were not all stored yet. If it stays so, the sign-in crashed, and maintenance ends it. */
  isIncomplete?: true;
  account?: ConnectedAccount;
  /** For kind `token` only: an API token or a personal access token. */
  token?: string;
  /** Whether the service rejected the token. */
  isRejected?: boolean;
  /** When it did, in epoch milliseconds. */
  rejectedAt?: number;
  /** Azure DevOps only. */
  organizationUrl?: string;
}
