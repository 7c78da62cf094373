import type { ConnectedAccount } from '../../connections/connection-record.ts';
import type { ProviderId } from '../../options/provider-id.ts';

/** Somebody has just granted access. */
export interface Connected {
  provider: ProviderId;
  /** Whose account it is, as far as the provider tells. */
  account: ConnectedAccount;
  /** The host's user who is signed in, by `getUserId`. */
  userId?: string;
  /** The callback, with the host's own cookies. */
  request: Request;
}

/** What the host makes of it. */
export interface ConnectedResult {
  /** Whose connection this is; the user who is signed in unless given. */
  userId?: string | undefined;
  /** For the answer: the cookie of a session that has begun. */
  headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  /** Where the user goes on, instead of where they came from. */
  returnTo?: string | undefined;
}

/**
 * Called when a user comes back from a provider, before anything is stored: the host makes or finds its user here, and
 * its session. Where it throws nothing is stored.
 */
export type OnConnected = (
  connected: Connected,
) => ConnectedResult | undefined | void | Promise<ConnectedResult | undefined | void>;
