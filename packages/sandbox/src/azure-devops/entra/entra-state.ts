import type { Clock } from '../../time/clock.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { AzureDevOpsApp } from './app.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { Grants } from './grants.ts';

/** What went through the token endpoint so far. */
export interface EntraStats {
  /** Refresh tokens exchanged for new ones. */
  refreshes: number;
  /** Times that a refresh token came a second time. */
  refreshReuses: number;
  /** Times that a code came a second time. */
  codeReplays: number;
  /** The most refresh requests that were under way at one time for one grant. */
  concurrentRefreshes: number;
}

/** The directory of the sandbox. */
export interface Tenant {
  readonly id: string;
  readonly domain: string;
}

export const demoTenant: Tenant = {
  id: '9f1c6d52-0b7e-4a83-8d24-c1e5a7f30b96',
  domain: 'fabrikam.example',
};

/** All that Entra ID knows. */
export interface EntraState {
  readonly apps: ReadonlyMap<string, AzureDevOpsApp>;
  readonly consent: 'automatic' | 'click';
  /** Whether a refresh token that comes a second time ends its grant; the real one lets it pass. */
  readonly refreshReuse: 'allow' | 'revoke';
  readonly people: readonly AzureDevOpsPerson[];
  readonly grants: Grants;
  readonly codes: AuthorizationCodes;
  readonly stats: EntraStats;
  readonly clock: Clock;
  /** Who the browser is signed in as. */
  signedIn: AzureDevOpsPerson;
}

/** The endpoints that are for any organisation, but not for personal accounts. */
export function isKnownTenant(tenant: string): boolean {
  return [demoTenant.id, demoTenant.domain, 'organizations', 'common'].includes(tenant);
}
