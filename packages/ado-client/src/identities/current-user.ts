import type { AdoCall } from '../wire.ts';
import type { IdentityRecord } from './identity-record.ts';

/** The user whose credential is used, by a route that any token of the organization may ask. */
export async function currentUser(call: AdoCall): Promise<IdentityRecord> {
  const response = await call.send('identities.me', {});
  return response.member('authenticatedUser').object<IdentityRecord>({ id: 'string' });
}
