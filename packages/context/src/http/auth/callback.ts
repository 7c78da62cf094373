import {
  AuthorizationError,
  type AuthorizationTransaction,
  authorizationTransactions,
  ConfigurationError,
  PermissionError,
} from '@context-sdk/oauth-core';
import { accountOf } from '../../connections/account-of.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import { readCookie, type SecureCookie, signInCookie } from '../cookies.ts';
import { resolveReturnTo } from '../own-origins.ts';
import { PRIVATE_HEADERS } from '../problem-response.ts';
import type { AuthParts, ConnectedResult } from './on-connected.ts';

/** Completes a sign-in: exchanges the code, calls `onConnected`, stores the tokens, and redirects to `returnTo`. */
export async function callback(parts: AuthParts, provider: ProviderId, request: Request): Promise<Response> {
  const { options } = parts;
  const { searchParams } = new URL(request.url);
  const state = searchParams.get('state') ?? undefined;
  const cookie = await signInCookie(state ?? '', options.baseUrl);
  const cookieValue = readCookie(request.headers.get('cookie'), cookie.name);
  const transaction = await authorizationTransactions(options.store).take(state, cookieValue);
  try {
    const result = await completeSignIn(parts, provider, request, transaction);
    const returnTo = resolveReturnTo(options, result.returnTo ?? transaction.returnTo);
    return redirect(returnTo, provider, 'success', cookie, result.headers);
  } catch (error) {
    if (!(error instanceof AuthorizationError) || error.reason !== 'denied') throw error;
    return redirect(resolveReturnTo(options, transaction.returnTo), provider, 'denied', cookie);
  }
}

async function completeSignIn(
  { options, users, getUserId, onConnected }: AuthParts,
  provider: ProviderId,
  request: Request,
  transaction: AuthorizationTransaction,
): Promise<ConnectedResult> {
  const oauth = options.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no OAuth app at the provider.', { service: provider });
  }
  const { userId, organizationUrl } = transaction.remember ?? {};
  if ((await getUserId(request)) !== userId) {
    throw new AuthorizationError('state-mismatch', 'The sign-in was begun by another user of this site.');
  }
  const { search } = new URL(request.url);
  const tokenSet = await oauth.completeAuthorization(search, transaction);
  const account = await accountOf(options, provider, tokenSet);
  const connected = { provider, account, ...(userId !== undefined && { userId }), request };
  const result = (await onConnected?.(connected)) ?? {};
  const owner = result.userId ?? userId;
  if (owner === undefined) throw new PermissionError('No user is signed in who could connect.');
  await users.get(owner).connections.import(provider, tokenSet, { account, organizationUrl });
  return result;
}

/** Redirects to a clean URL with 303, so that nothing of the callback is sent along (RFC 9700 §4.12). */
function redirect(
  returnTo: string,
  provider: ProviderId,
  outcome: 'success' | 'denied',
  cookie: SecureCookie,
  hostHeaders?: ConnectedResult['headers'],
): Response {
  const location = new URL(returnTo);
  location.searchParams.set(provider, outcome);
  const headers = new Headers(hostHeaders);
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value);
  headers.set('location', location.href);
  headers.append('set-cookie', cookie.clear());
  return new Response(null, { status: 303, headers });
}
