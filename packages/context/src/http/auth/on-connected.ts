import type { AdoClient } from '@context-sdk/ado-client';
import type { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { TickTickClient } from '@context-sdk/ticktick-client';
import type { ConnectedAccount } from '../../connections/connection.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import type { UserCache } from '../../users/user-cache.ts';
import type { HandlerOptions } from '../handler.ts';
import type { AnonymousSignIns } from './anonymous-sign-ins.ts';
import type { OnReplace } from './on-replace.ts';

/** A client on the new token, which is not stored yet. */
export type ConnectedClient =
  | { provider: 'ticktick'; client: TickTickClient }
  | { provider: 'google'; client: GoogleCalendarClient; gmail: GmailClient }
  | { provider: 'azure-devops'; client: AdoClient };

/** A user has just granted access. `provider` tells which client this is. */
export type Connected = ConnectedClient & ConnectedUser;

/** Who has just granted access. */
export interface ConnectedUser {
  /** The account, as far as the provider tells. */
  account: ConnectedAccount;
  /** The user who is signed in to the host, from `getUserId`. */
  userId?: string;
  /** The callback request, with the host's own cookies. */
  request: Request;
}

/** The host's decision. */
export interface ConnectedResult {
  /** The user who gets the connection. Default: the user who is signed in. */
  userId?: string | undefined;
  /** The account, if the host has read it with the client. Default: what the provider tells. */
  account?: ConnectedAccount | undefined;
  /** Headers for the response, such as the cookie of a new session. */
  headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  /** Where to send the user. Default: the `returnTo` of the sign-in. */
  returnTo?: string | undefined;
}

/**
 * Called when a user returns from a provider, before anything is stored. The host finds or creates its user and session
 * here. If it throws, nothing is stored.
 */
export type OnConnected = (
  connected: Connected,
) => ConnectedResult | undefined | void | Promise<ConnectedResult | undefined | void>;

/** What the sign-in routes work with. */
export interface AuthParts {
  options: ResolvedOptions;
  users: UserCache;
  getUserId: HandlerOptions['getUserId'];
  onConnected: OnConnected | undefined;
  onReplace: OnReplace;
  anonymousSignIns: AnonymousSignIns;
}
