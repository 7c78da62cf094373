import { ContextSdkError, type RecordStore } from '@context-sdk/oauth-core';
import type { Connections } from '../connections/connections.ts';
import { configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { prefixesOf } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { deleteSessions } from '../records/sessions.ts';

/** What was done about one provider. */
export interface ForgottenConnection {
  provider: ProviderId;
  /**
   * - `ended`: nothing is left here or at the provider;
   * - `token-remains`: a token of the user's own was deleted here; only the user can revoke it at the service;
   * - `revocation-failed`: the provider could not be reached. `error` says why; call `forget` again.
   */
  outcome: 'ended' | 'token-remains' | 'revocation-failed';
  error?: ContextSdkError;
}

/** What {@link User.forget} did, and what is still to come. */
export interface ForgetReport {
  userId: string;
  /** The connections that the user had. */
  connections: ForgottenConnection[];
  sessions: number;
  /** Records that were deleted, without those of ended connections and sessions. */
  records: number;
  /** Whether nothing is left to do: otherwise some `connections` have an `error`, or a token that only the user can revoke. */
  isComplete: boolean;
}

/** Ends everything of a user. Tokens that could not be revoked stay, so that another call can try again. */
export async function forgetUser(
  { store, providers, audit }: Pick<ResolvedOptions, 'store' | 'providers' | 'audit'>,
  userId: string,
  userConnections: Connections,
): Promise<ForgetReport> {
  const connections: ForgottenConnection[] = [];
  for (const provider of configuredProviders(providers)) {
    const forgotten = await forgetConnection(userConnections, provider);
    if (forgotten !== undefined) connections.push(forgotten);
  }
  const sessions = await deleteSessions(store, userId);
  const kept = connections.filter(({ outcome }) => outcome === 'revocation-failed');
  const records = await deleteRecords(store, userId, kept);
  const isComplete = connections.every(({ outcome }) => outcome === 'ended');
  for (const provider of configuredProviders(providers)) {
    const pending = kept.filter((connection) => connection.provider === provider).length;
    audit({ type: 'forgotten', provider, userId, records, pending });
  }
  return { userId, connections, sessions, records, isComplete };
}

async function forgetConnection(
  connections: Connections,
  provider: ProviderId,
): Promise<ForgottenConnection | undefined> {
  const { kind, reason, unreadable } = await connections.get(provider);
  try {
    await connections.disconnect(provider);
  } catch (error) {
    if (!(error instanceof ContextSdkError) || error.code === 'store') throw error;
    return { provider, outcome: 'revocation-failed', error };
  }
  if (kind === 'shared' || (reason === 'never-connected' && !unreadable)) return undefined;
  return { provider, outcome: kind === 'token' ? 'token-remains' : 'ended' };
}

async function deleteRecords(
  store: RecordStore,
  userId: string,
  kept: readonly ForgottenConnection[],
): Promise<number> {
  let deleted = 0;
  for (const prefix of prefixesOf(userId)) {
    const isNeeded = prefix.startsWith('token/') && kept.length > 0;
    if (!isNeeded) deleted += await deleteUnder(store, prefix);
  }
  return deleted;
}
