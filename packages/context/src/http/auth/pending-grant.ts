import { AuthorizationError, type TokenSet } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { isTokenSet } from '@context-sdk/oauth-core/store-kit';
import type { ConnectedAccount } from '../../connections/connection.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { readJsonIfReadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { isText, mapOf, shapeOf } from '../../records/shape.ts';
import { randomToken } from '../../utils/text.ts';
import { readCookie, type SecureCookie, secureCookie } from '../cookies.ts';

/** How long the user may think about it. */
export const DECISION_SECONDS = 600;

/** A completed sign-in whose tokens are not the user's connection yet. */
export interface PendingGrant {
  tokenSet: TokenSet;
  account: ConnectedAccount;
  organizationUrl?: string;
  returnTo: string;
}

/** Identifies a pending grant: who may decide, about which provider. */
interface Decision {
  options: ResolvedOptions;
  provider: ProviderId;
  userId: string;
}

/** The cookie that binds the decision to the browser. */
export function decisionCookie(provider: ProviderId, baseUrl: string): SecureCookie {
  return secureCookie(`replace-${provider}`, baseUrl);
}

/** Stores a grant until the user decides. Returns the `Set-Cookie` header that lets this browser decide. */
export async function savePendingGrant(
  { options, provider, userId }: Decision,
  grant: PendingGrant,
): Promise<string> {
  const id = randomToken();
  const key = keys.pendingGrant(userId, provider, await sha256(id));
  await options.store.compareAndSet(key, undefined, JSON.stringify(grant), {
    ttlMs: DECISION_SECONDS * 1000,
  });
  return decisionCookie(provider, options.baseUrl).set(id, DECISION_SECONDS);
}

/** The grant that this browser may decide about. Throws {@link AuthorizationError} if there is no such grant. */
export async function readPendingGrant(
  decision: Decision,
  request: Request,
): Promise<{ grant: PendingGrant; take: () => Promise<void> }> {
  const { options, provider, userId } = decision;
  const id = readCookie(request.headers.get('cookie'), decisionCookie(provider, options.baseUrl).name);
  const key = keys.pendingGrant(userId, provider, await sha256(id ?? ''));
  const grant = await readJsonIfReadable(options.store, key);
  if (!isPendingGrant(grant)) throw nothingToDecide();
  const take = async (): Promise<void> => {
    const record = await options.store.get(key);
    if (record === undefined || !(await options.store.delete(key, record.version))) throw nothingToDecide();
  };
  return { grant, take };
}

const PENDING = shapeOf(
  { tokenSet: isTokenSet, account: mapOf(isText), returnTo: isText },
  { organizationUrl: isText },
);

/** Whether a record is that of a sign-in which waits for a decision. */
export function isPendingGrant(value: unknown): value is PendingGrant {
  return PENDING(value);
}

function nothingToDecide(): AuthorizationError {
  return new AuthorizationError(
    'transaction-used',
    'No sign-in is waiting for this decision: it was made before, or over ten minutes have passed.',
  );
}
