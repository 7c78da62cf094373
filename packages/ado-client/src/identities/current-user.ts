import type { AdoCall } from '../wire.ts';

/** Who a client acts as, as Azure DevOps answers it. */
export interface ConnectionUser {
  id: string;
  /** Identifies the user in Azure DevOps' directory. */
  subjectDescriptor?: string;
  providerDisplayName?: string;
  /** `Account` holds the sign-in name, usually a mail address. */
  properties?: { Account?: { $value?: unknown } };
  [more: string]: unknown;
}

/** The user whose credential is used: a route that any token of the organization may ask. */
export async function currentUser(call: AdoCall): Promise<ConnectionUser> {
  const response = await call.send('identities.me', {});
  return response.member('authenticatedUser').object<ConnectionUser>({ id: 'string' });
}

export async function currentUserId(call: AdoCall): Promise<string> {
  return (await currentUser(call)).id;
}
