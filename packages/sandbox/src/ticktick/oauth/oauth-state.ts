import type { Clock } from '../../time/clock.ts';
import type { TickTickApp } from './app.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { Grants } from './grants.ts';
import type { OAuthStats } from './oauth-stats.ts';
import { RefreshesInFlight } from './refreshes-in-flight.ts';
import type { TokenRules } from './token-rules.ts';

/** Everything that the authorization server of one region knows. */
export interface OAuthState {
  readonly apps: ReadonlyMap<string, TickTickApp>;
  readonly rules: TokenRules;
  readonly consent: 'automatic' | 'click';
  readonly grants: Grants;
  readonly codes: AuthorizationCodes;
  readonly stats: OAuthStats;
  readonly refreshesInFlight: RefreshesInFlight;
  /** The account that the browser is signed in to. */
  signedIn: string;
}

export function createOAuthState(
  options: Pick<OAuthState, 'rules' | 'consent' | 'signedIn'> & { apps: readonly TickTickApp[] },
  clock: Clock,
): OAuthState {
  const stats: OAuthStats = { refreshes: 0, refreshReuses: 0, codeReplays: 0, concurrentRefreshes: 0 };
  const grants = new Grants(clock);
  return {
    ...options,
    apps: new Map(options.apps.map((app) => [app.clientId, app])),
    grants,
    codes: new AuthorizationCodes(clock),
    stats,
    refreshesInFlight: new RefreshesInFlight(grants, stats),
  };
}
