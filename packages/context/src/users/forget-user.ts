import type { PendingRevocation, RecordStore, RevocationOutbox } from '@context-sdk/oauth-core';
import type { EndedConnection } from '../connections/connection.ts';
import type { Connections } from '../connections/connections.ts';
import { configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { prefixesOf } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { deleteSessions } from '../records/sessions.ts';

/** What {@link User.forget} did, and what is still to come. */
export interface ForgetReport {
  userId: string;
  /** The connections that the user had. */
  connections: EndedConnection[];
  /** Grants that the provider could not be asked to revoke yet: maintenance asks it again. */
  pendingRevocations: number;
  sessions: number;
  /** Records that were deleted, without those of ended connections and sessions. */
  records: number;
  /** Whether nothing is left to do: otherwise a grant is still to be revoked, a push is still open, or a token that only the user can revoke remains. */
  isComplete: boolean;
}

type ForgetOptions = Pick<ResolvedOptions, 'store' | 'providers' | 'audit' | 'revocations'>;

/** Ends everything of a user. */
export async function forgetUser(
  { store, providers, audit, revocations }: ForgetOptions,
  userId: string,
  userConnections: Connections,
): Promise<ForgetReport> {
  const connections: EndedConnection[] = [];
  for (const provider of configuredProviders(providers)) {
    const ended = await endConnection(userConnections, provider);
    if (ended !== undefined) connections.push(ended);
  }
  const sessions = await deleteSessions(store, userId);
  const records = await deleteRecords(store, userId);
  const pending = await endOtherGrants(revocations, userId);
  const isComplete = pending.length === 0 && connections.every(isWhollyEnded);
  for (const provider of configuredProviders(providers)) {
    const ofProvider = pending.filter((grant) => grant.provider === provider).length;
    audit({ type: 'forgotten', provider, userId, records, pending: ofProvider });
  }
  return { userId, connections, pendingRevocations: pending.length, sessions, records, isComplete };
}

function isWhollyEnded({ outcome, openPushes }: EndedConnection): boolean {
  return outcome === 'ended' && openPushes === undefined;
}

async function endConnection(
  connections: Connections,
  provider: ProviderId,
): Promise<EndedConnection | undefined> {
  const { kind, reason, unreadable } = await connections.get(provider);
  const ended = await connections.disconnect(provider);
  const hadNone = kind === 'shared' || (reason === 'never-connected' && !unreadable);
  return hadNone && isWhollyEnded(ended) ? undefined : ended;
}

/** Ends grants of sign-ins that never became a connection. Returns those that are still to be revoked. */
async function endOtherGrants(revocations: RevocationOutbox, userId: string): Promise<PendingRevocation[]> {
  for (const { id, attempts } of await revocations.list({ userId })) {
    if (attempts === 0) await revocations.attempt(id);
  }
  return await revocations.list({ userId });
}

async function deleteRecords(store: RecordStore, userId: string): Promise<number> {
  let deleted = 0;
  for (const prefix of prefixesOf(userId)) deleted += await deleteUnder(store, prefix);
  return deleted;
}
