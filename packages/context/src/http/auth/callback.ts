import {
  AuthorizationError,
  type AuthorizationTransaction,
  authorizationTransactions,
  ConfigurationError,
  PermissionError,
  StoreError,
} from '@context-sdk/oauth-core';
import { accountOf } from '../../connections/account-of.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import { isUsersRefusal } from '../../utils/users-refusal.ts';
import { readCookie, type SecureCookie } from '../cookies.ts';
import { resolveReturnTo } from '../own-origins.ts';
import { problemResponse } from '../problem-response.ts';
import type { Report } from '../route.ts';
import { backToHost, seeOther } from './back-to-host.ts';
import { connectedClient } from './connected-client.ts';
import type { AuthParts, ConnectedResult } from './on-connected.ts';
import { replaceable, replacesAnother } from './on-replace.ts';
import { type PendingGrant, savePendingGrant } from './pending-grant.ts';
import { signInCookie } from './sign-in-cookies.ts';
import { SignInGrant } from './sign-in-grant.ts';

/** Completes a sign-in: exchanges the code, calls `onConnected`, stores the tokens, and redirects to `returnTo`. */
export async function callback(
  parts: AuthParts,
  provider: ProviderId,
  request: Request,
  report: Report,
): Promise<Response> {
  const { options } = parts;
  const { searchParams } = new URL(request.url);
  const state = searchParams.get('state') ?? undefined;
  const cookie = await signInCookie(options, state ?? '');
  const cookieValue = readCookie(request.headers.get('cookie'), cookie.name);
  let transaction: AuthorizationTransaction | undefined;
  try {
    transaction = await authorizationTransactions(options.store).take(state, cookieValue);
    return await complete(parts, provider, request, { transaction, cookie });
  } catch (error) {
    const response = problemResponse(error, request, report(error));
    // What the store couldn't tell, or this process not decrypt, still waits: the page can be loaded again.
    const isWaiting = transaction === undefined && error instanceof StoreError && error.reason !== 'corrupt';
    if (cookieValue !== undefined && !isWaiting) response.headers.append('set-cookie', cookie.clear());
    return response;
  }
}

interface StartedSignIn {
  transaction: AuthorizationTransaction;
  cookie: SecureCookie;
}

async function complete(
  parts: AuthParts,
  provider: ProviderId,
  request: Request,
  { transaction, cookie }: StartedSignIn,
): Promise<Response> {
  const { options } = parts;
  const signIn = await exchangeCode(parts, provider, request, transaction).catch((error: unknown) => {
    if (!isUsersRefusal(error)) throw error;
    return 'denied' as const;
  });
  if (signIn === 'denied') {
    const returnTo = resolveReturnTo(options, transaction.returnTo);
    return backToHost(returnTo, provider, 'denied', [cookie.clear()]);
  }
  try {
    const signedIn = await completeSignIn(parts, provider, request, { transaction, signIn });
    return await finish(parts, provider, request, { ...signedIn, signIn }, cookie.clear());
  } finally {
    await signIn.settle();
  }
}

async function exchangeCode(
  { options, getUserId }: AuthParts,
  provider: ProviderId,
  request: Request,
  transaction: AuthorizationTransaction,
): Promise<SignInGrant> {
  const oauth = options.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no OAuth app at the provider.', { service: provider });
  }
  const { userId } = transaction.remember ?? {};
  checkSameUser(userId, await getUserId(request));
  const { search } = new URL(request.url);
  const signIn = new SignInGrant(options, provider, await oauth.completeAuthorization(search, transaction));
  await signIn.revokeUnlessStored({ userId });
  return signIn;
}

/** Browsers send no session cookie with `SameSite=Strict` along when a provider sends the user back. */
function checkSameUser(before: string | undefined, now: string | undefined): void {
  if (now === before) return;
  const message =
    now === undefined
      ? 'The user who began the sign-in is no longer signed in to this site.'
      : 'The sign-in was begun by another user of this site.';
  throw new AuthorizationError('state-mismatch', message);
}

/** A user who has signed in, and whose tokens are not stored yet. */
interface SignedIn {
  owner: string;
  grant: PendingGrant;
  headers: ConnectedResult['headers'];
}

async function completeSignIn(
  { options, onConnected }: AuthParts,
  provider: ProviderId,
  request: Request,
  { transaction, signIn }: { transaction: AuthorizationTransaction; signIn: SignInGrant },
): Promise<SignedIn> {
  const { userId, organizationUrl } = transaction.remember ?? {};
  const { tokenSet } = signIn;
  const known = await accountOf(options, provider, { tokenSet, organizationUrl });
  const client = await connectedClient(options, provider, { tokenSet, known }, organizationUrl);
  const connected = { ...client, account: known, ...(userId !== undefined && { userId }), request };
  const { account = known, ...result } = (await onConnected?.(connected)) ?? {};
  const owner = result.userId ?? userId;
  if (owner === undefined)
    throw nobodyToConnect(provider, onConnected !== undefined && account.id === undefined);
  const returnTo = resolveReturnTo(options, result.returnTo ?? transaction.returnTo);
  const grant = { tokenSet, account, ...(organizationUrl !== undefined && { organizationUrl }), returnTo };
  return { owner, grant, headers: result.headers };
}

/** Visitors get a general text if it is the host that has to mend something. */
function nobodyToConnect(provider: ProviderId, isAccountUnknown: boolean): PermissionError {
  if (!isAccountUnknown) return new PermissionError('No user is signed in who could connect.');
  const when = provider === 'ticktick' ? ' (TickTick does while the inbox contains a task)' : '';
  const message =
    `No user is signed in who could connect: ${provider} doesn't tell whose account it is${when}, and onConnected returned no ` +
    'userId. Give the provider identify(fetch), or read the account with the client that onConnected gets.';
  return new PermissionError(message, { service: provider });
}

/** Stores the tokens, unless they would replace another account. */
async function finish(
  parts: AuthParts,
  provider: ProviderId,
  request: Request,
  { owner, grant, headers, signIn }: SignedIn & { signIn: SignInGrant },
  clearCookie: string,
): Promise<Response> {
  const { options, users, onReplace } = parts;
  const { connections } = users.get(owner);
  const current = await connections.get(provider);
  const { returnTo, tokenSet, ...next } = grant;
  const destination = { userId: owner, accountId: next.account.id };
  const decision = (await replacesAnother(current, next, options.providers))
    ? await onReplace({ provider, userId: owner, current: replaceable(current), next, request })
    : 'replace';
  if (decision === 'ask') {
    await signIn.waitForDecision(destination);
    const question = `${options.baseUrl}${options.basePath}/auth/${provider}/replace`;
    const decisionCookie = await savePendingGrant({ options, provider, userId: owner }, grant);
    return seeOther(question, [clearCookie, decisionCookie], headers);
  }
  await signIn.revokeUnlessStored(destination);
  if (decision === 'replace') await connections.import(provider, tokenSet, next);
  const outcome = decision === 'replace' ? 'success' : 'kept';
  return backToHost(returnTo, provider, outcome, [clearCookie], headers);
}
