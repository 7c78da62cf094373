import { type AuthorizationTransaction, authorizationTransactions } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { randomToken } from '../../utils/text.ts';
import { cookieNames, type SecureCookie, secureCookie } from '../cookies.ts';

/** How long a sign-in may take. Its transaction lives as long. */
const SIGN_IN_SECONDS = 600;
/** More at once only come from links that are opened and left alone. Each costs a cookie and a record. */
const MAX_SIGN_INS = 5;

const PREFIX = 'sign-in-';

/**
 * The cookie that binds a sign-in to the browser that began it. Each sign-in has its own, named after its state, so that
 * two tabs do not interfere.
 */
export async function signInCookie(
  { store, baseUrl }: Pick<ResolvedOptions, 'store' | 'baseUrl'>,
  state: string,
): Promise<SecureCookie> {
  return secureCookie(`${PREFIX}${await authorizationTransactions(store).idOf(state)}`, baseUrl);
}

/**
 * Stores a transaction and returns the `Set-Cookie` headers that bind it to the browser. Ends the browser's oldest sign-ins
 * if there are more than five.
 */
export async function saveSignIn(
  options: Pick<ResolvedOptions, 'store' | 'baseUrl'>,
  request: Request,
  transaction: AuthorizationTransaction,
): Promise<string[]> {
  const transactions = authorizationTransactions(options.store);
  const prefix = secureCookie(PREFIX, options.baseUrl).name;
  const ids = cookieNames(request.headers.get('cookie'), prefix).map((name) => name.slice(prefix.length));
  const oldest = ids.slice(0, Math.max(0, ids.length - MAX_SIGN_INS + 1));
  await Promise.all(oldest.map((id) => transactions.discard(id)));
  const value = randomToken();
  await transactions.save(transaction, value);
  const cookie = await signInCookie(options, transaction.state);
  return [
    ...oldest.map((id) => secureCookie(`${PREFIX}${id}`, options.baseUrl).clear()),
    cookie.set(value, SIGN_IN_SECONDS),
  ];
}
