import type { ReauthorizationReason } from '@context-sdk/oauth-core';
import type { ProviderId } from '../options/provider-id.ts';
import type { ConnectedAccount } from './connection-record.ts';

/** Where a user stands with a provider. Times are epoch milliseconds. */
export interface Connection {
  provider: ProviderId;
  /** The provider's accounts of one user are told apart by this; for now there is one. */
  account: 'default';
  /**
   * - `connected`: calls will be answered, as far as is known;
   * - `expiring`: nothing can renew the access, and it ends within two weeks;
   * - `needs-reauthorization`: the user has to sign in, again or for the first time; `reason` says why;
   * - `missing-scopes`: some of what the host needs was not granted: `missingScopes`.
   */
  state: 'connected' | 'expiring' | 'needs-reauthorization' | 'missing-scopes';
  /** `never-connected` where the user has not connected, or has disconnected. */
  reason?: ReauthorizationReason;
  missingScopes?: readonly string[];
  /** `shared`: the user acts as the owner of the host's token. Absent where there is no connection. */
  kind?: 'oauth' | 'token' | 'shared';
  /** Whose account it is, as far as the provider told. */
  identity?: ConnectedAccount;
  connectedAt?: number;
  /** When the access ends unless it is renewed. */
  expiresAt?: number;
  /** Whether a refresh token is held that is still good, as far as is known. */
  refreshable?: boolean;
  /** Azure DevOps alone. */
  organizationUrl?: string;
}
