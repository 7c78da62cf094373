import { sha256 } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { Providers } from '../options/provider-options.ts';
import type { ConnectedAccount, ConnectionRecord, Grant } from './connection.ts';
import { isSameOrganization } from './same-organization.ts';

/** The grant of users who act as the owner of the host's token. */
export const SHARED_GRANT: Grant = { id: 'shared', owner: 'shared' };

/** What identifies a connection's account. */
type Identity = Pick<ConnectionRecord, 'account' | 'organizationUrl' | 'token'>;

/** The grant of a connection. A record of an earlier version has none, and counts as another account than any other. */
export function grantOf({ grant, connectedAt }: ConnectionRecord): Grant {
  return grant ?? { id: String(connectedAt), owner: String(connectedAt) };
}

/**
 * The grant of a new connection, with the owner of the `previous` one if both are known to be the same account. Tokens of a sign-in
 * bring its id, unless they were connected before.
 */
export async function newGrant(
  provider: ProviderId,
  next: Identity,
  previous: ConnectionRecord | undefined,
  { providers, signInId }: { providers: Providers; signInId: string | undefined },
): Promise<Grant> {
  const isNew = signInId !== undefined && signInId !== previous?.grant?.id;
  const id = isNew ? signInId : crypto.randomUUID();
  if (previous !== undefined && (await isSameOwner(previous, next, providers)))
    return { id, owner: grantOf(previous).owner };
  const account = next.account?.id ?? next.account?.username ?? next.token ?? id;
  return { id, owner: await sha256(JSON.stringify([provider, next.organizationUrl ?? '', account])) };
}

/** Whether both are known to be one account. */
export function isSameAccount(one: ConnectedAccount = {}, other: ConnectedAccount = {}): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
  return one.username !== undefined && one.username === other.username;
}

async function isSameOwner(one: Identity, other: Identity, providers: Providers): Promise<boolean> {
  if (!(await isSameOrganization(one, other, providers))) return false;
  const isSameToken = one.token !== undefined && one.token === other.token;
  return isSameToken || isSameAccount(one.account, other.account);
}
