import {
  AuthorizationError,
  type AuthorizationTransaction,
  authorizationTransactions,
  ConfigurationError,
  PermissionError,
} from '@context-sdk/oauth-core';
import type { ConnectedAccount } from '../../connections/connection-record.ts';
import { whoseTokens } from '../../connections/account-of.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import { readCookie, type SecureCookie } from '../cookies.ts';
import { PRIVATE_HEADERS } from '../problem-response.ts';
import { checkedReturnTo } from '../return-to.ts';
import type { AuthParts } from './auth-parts.ts';
import { browserCookie } from './browser-cookie.ts';
import type { ConnectedResult } from './on-connected.ts';

/** Takes the user back from the provider: exchanges the code, lets the host know, stores the tokens, and goes on. */
export async function callback(parts: AuthParts, provider: ProviderId, request: Request): Promise<Response> {
  const { setup } = parts;
  const { searchParams } = new URL(request.url);
  const state = searchParams.get('state') ?? undefined;
  const cookie = await browserCookie(setup, state ?? '');
  const transaction = await authorizationTransactions(setup.store).take(
    state,
    readCookie(request.headers.get('cookie'), cookie.name),
  );
  try {
    const { returnTo = transaction.returnTo, headers } = await complete(
      parts,
      provider,
      request,
      transaction,
    );
    return goOn(checkedReturnTo(setup, returnTo), provider, 'success', cookie, headers);
  } catch (error) {
    if (!(error instanceof AuthorizationError) || error.reason !== 'denied') throw error;
    return goOn(checkedReturnTo(setup, transaction.returnTo), provider, 'denied', cookie);
  }
}

async function complete(
  { setup, users, getUserId }: AuthParts,
  provider: ProviderId,
  request: Request,
  transaction: AuthorizationTransaction,
): Promise<ConnectedResult> {
  const oauth = setup.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no app at the provider.', { service: provider });
  }
  const { userId, organizationUrl } = transaction.remember ?? {};
  if ((await getUserId(request)) !== userId) {
    throw new AuthorizationError('state-mismatch', 'Somebody else is signed in here than when this began.');
  }
  const { search } = new URL(request.url);
  const tokenSet = await oauth.completeAuthorization(search, transaction);
  const account: ConnectedAccount = await whoseTokens(setup, provider, tokenSet);
  const who = { provider, account, ...(userId !== undefined && { userId }) };
  const result = (await setup.onConnected?.({ ...who, request })) ?? {};
  const owner = result.userId ?? userId;
  if (owner === undefined) throw new PermissionError('Nobody is signed in here who could connect.');
  await users.get(owner).connections.import(provider, tokenSet, { account, organizationUrl });
  return result;
}

/** To a clean URL, by 303: nothing of the callback is sent along (RFC 9700 §4.12). */
function goOn(
  returnTo: string,
  provider: ProviderId,
  outcome: 'success' | 'denied',
  cookie: SecureCookie,
  more?: ConnectedResult['headers'],
): Response {
  const location = new URL(returnTo);
  location.searchParams.set(provider, outcome);
  const headers = new Headers(more);
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value);
  headers.set('location', location.href);
  headers.append('set-cookie', cookie.clear());
  return new Response(null, { status: 303, headers });
}
