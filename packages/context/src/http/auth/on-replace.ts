import type { ConnectedAccount, Connection } from '../../connections/connection.ts';
import { isSameAccount } from '../../connections/grant.ts';
import { isSameOrganization } from '../../connections/same-organization.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { Providers } from '../../options/provider-options.ts';

/** An account, and for Azure DevOps its organization. */
export interface ReplaceableConnection {
  /** As far as the provider tells. */
  account?: ConnectedAccount;
  organizationUrl?: string;
}

/** A user has signed in with another account, or for another organization, than the one that is connected. */
export interface Replacement {
  provider: ProviderId;
  userId: string;
  current: ReplaceableConnection;
  next: ReplaceableConnection;
  /** The callback request, with the host's own cookies. */
  request: Request;
}

/**
 * Decides before a connection is replaced: `ask` shows the user a page with the choice, `replace` takes the new account, and
 * `keep` stays with the current one and revokes the new grant.
 */
export type OnReplace = (
  replacement: Replacement,
) => 'ask' | 'replace' | 'keep' | Promise<'ask' | 'replace' | 'keep'>;

/** What a connection's replacement is compared with. */
export function replaceable({ identity, organizationUrl }: Connection): ReplaceableConnection {
  return { ...(identity && { account: identity }), ...(organizationUrl && { organizationUrl }) };
}

/** Whether `next` would replace something else. Accounts that cannot be compared count as different. */
export async function replacesAnother(
  current: Connection,
  next: ReplaceableConnection,
  providers: Providers,
): Promise<boolean> {
  if (current.reason === 'never-connected' || current.kind === 'shared') return false;
  if (!isSameAccount(current.identity, next.account)) return true;
  return !(await isSameOrganization(current, next, providers));
}
