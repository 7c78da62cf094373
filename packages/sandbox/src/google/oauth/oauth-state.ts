import type { Clock } from '../../time/clock.ts';
import type { GoogleAccounts } from '../accounts.ts';
import type { GoogleApp } from './app.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { Consents } from './consents.ts';
import { GoogleGrants } from './grants.ts';
import type { GoogleOAuthStats } from './oauth-stats.ts';

/** Everything that Google's authorization server knows. */
export interface GoogleOAuthState {
  readonly apps: ReadonlyMap<string, GoogleApp>;
  readonly accounts: GoogleAccounts;
  readonly consent: 'automatic' | 'click';
  /** In their long forms. */
  readonly deniedScopes: ReadonlySet<string>;
  readonly clock: Clock;
  readonly consents: Consents;
  readonly grants: GoogleGrants;
  readonly codes: AuthorizationCodes;
  readonly stats: GoogleOAuthStats;
  /** The address of the account that the browser is signed in to. */
  signedIn: string;
}

export function createOAuthState(options: {
  apps: readonly GoogleApp[];
  accounts: GoogleAccounts;
  consent: 'automatic' | 'click';
  deniedScopes: readonly string[];
  clock: Clock;
}): GoogleOAuthState {
  const { apps, accounts, consent, deniedScopes, clock } = options;
  return {
    apps: new Map(apps.map((app) => [app.clientId, app])),
    accounts,
    consent,
    deniedScopes: new Set(deniedScopes),
    clock,
    consents: new Consents(),
    grants: new GoogleGrants(clock),
    codes: new AuthorizationCodes(clock),
    stats: { tokenRequests: 0, refreshes: 0, codeReplays: 0 },
    signedIn: accounts.get(undefined).email,
  };
}
