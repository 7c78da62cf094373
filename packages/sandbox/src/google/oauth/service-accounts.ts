import { OAuthFailure } from '../../oauth/failure.ts';
import type { AppAccess } from '../../oauth/profile.ts';
import { readJwt } from '../../oauth/read-jwt.ts';
import type { GoogleAccount, GoogleAccounts } from '../accounts.ts';
import { GOOGLE_FAILURES } from './failures.ts';

/** The account of a program. */
export interface GoogleServiceAccount {
  /** Such as `robot@project.iam.gserviceaccount.com`; it has a calendar of its own. */
  readonly email: string;
  /** Public keys in PEM (SPKI). */
  readonly publicKeys: readonly string[];
  /** What a Workspace's administrator lets it do in the name of users (domain-wide delegation). Default: nothing. */
  readonly delegatedScopes?: readonly string[];
}

const AUDIENCES: ReadonlySet<unknown> = new Set([
  'https://oauth2.googleapis.com/token',
  'https://www.googleapis.com/oauth2/v4/token',
  'https://accounts.google.com/o/oauth2/token',
]);
const HOUR_SECONDS = 3600;
/** Seconds that clocks may differ. */
const SKEW = 300;

export function asAccount({ email }: GoogleServiceAccount): GoogleAccount {
  const [name = ''] = email.split('@');
  return { sub: `service-${email}`, email: email.toLowerCase(), name };
}

/**
 * What a service account's assertion gives: for itself, or as `sub`.
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export async function grantToServiceAccount(
  assertion: string,
  surroundings: { accounts: GoogleAccounts; serviceAccounts: readonly GoogleServiceAccount[]; now: number },
): Promise<AppAccess & { clientId: string }> {
  const { accounts, serviceAccounts, now } = surroundings;
  const jwt = readJwt(assertion);
  if (jwt === undefined || jwt.header['alg'] !== 'RS256') throw refusal('malformedAssertion');
  const { iss, sub, aud, scope, iat, exp } = jwt.claims;
  const account = serviceAccounts.find(({ email }) => email === iss);
  if (account === undefined) throw refusal('unknownServiceAccount');
  const checked = await Promise.all(account.publicKeys.map((key) => jwt.isSignedBy(key)));
  if (!checked.includes(true)) throw refusal('unsignedAssertion');
  if (!AUDIENCES.has(aud)) throw refusal('wrongAudience');
  if (!isInTime(iat, exp, now / 1000)) throw refusal('assertionOutOfTime');
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  if (scopes.length === 0) throw refusal('invalidScope');
  if (sub === undefined || sub === iss) return { account: account.email, scopes, clientId: account.email };
  const user = typeof sub === 'string' ? accounts.find(sub) : undefined;
  if (user === undefined) throw refusal('unknownSubject');
  const { delegatedScopes = [] } = account;
  if (!scopes.every((one) => delegatedScopes.includes(one))) throw refusal('notDelegated');
  return { account: user.email, scopes, clientId: account.email };
}

function isInTime(iat: unknown, exp: unknown, now: number): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return iat <= now + SKEW && exp > now - SKEW && exp - iat <= HOUR_SECONDS;
}

function refusal(reason: keyof typeof GOOGLE_FAILURES): OAuthFailure {
  return new OAuthFailure(GOOGLE_FAILURES[reason] ?? '');
}
