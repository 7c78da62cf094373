import { PermissionError } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import { checkOrigin } from '../origin.ts';
import { PRIVATE_HEADERS } from '../problem-response.ts';
import { checkedReturnTo } from '../return-to.ts';
import type { AuthParts } from './auth-parts.ts';

/** Ends a connection of the user who is signed in. A form goes on to `returnTo`; a script is answered 204. */
export async function disconnect(
  { setup, users, getUserId }: AuthParts,
  provider: ProviderId,
  request: Request,
): Promise<Response> {
  checkOrigin(setup, request);
  const returnTo = checkedReturnTo(setup, new URL(request.url).searchParams.get('returnTo'));
  const userId = await getUserId(request);
  if (userId === undefined) throw new PermissionError('Nobody is signed in here.');
  await users.get(userId).connections.disconnect(provider);
  if (!request.headers.get('accept')?.includes('text/html')) {
    return new Response(null, { status: 204, headers: PRIVATE_HEADERS });
  }
  return new Response(null, { status: 303, headers: { ...PRIVATE_HEADERS, location: returnTo } });
}
