import type { ServiceRequest } from '../http/service.ts';
import type { Clock } from '../time/clock.ts';
import type { DeviceRequest } from './device-rules.ts';
import { COMMON_FAILURES, OAuthFailure, type OptionalReason, type Reason } from './failure.ts';
import { type Grant, Grants } from './grants.ts';
import type { OAuthApp, OAuthProfile } from './profile.ts';

/** What went through the token endpoint so far. */
export interface OAuthStats {
  /** All requests, including refused ones. */
  tokenRequests: number;
  /** Refreshes that gave new tokens. */
  refreshes: number;
  /** How often a refresh token arrived again after it was replaced. */
  refreshReuses: number;
  /** How often an authorization code arrived again. */
  codeReplays: number;
  /** The most refresh requests that were under way at once for one grant. */
  concurrentRefreshes: number;
}

/** What the verifier of a code has to fit (RFC 7636). */
export interface CodeChallenge {
  readonly method: 'S256' | 'plain';
  readonly value: string;
}

/** A code on its way to the app. */
export interface AuthorizationCode {
  readonly grant: Omit<Grant, 'publicClient'>;
  readonly redirectUri: string;
  readonly codeChallenge: CodeChallenge | undefined;
  readonly nonce: string | undefined;
  readonly expiresAt: number;
  used: boolean;
}

/** One provider's authorization server. */
export interface OAuthServer {
  readonly profile: OAuthProfile;
  readonly clock: Clock;
  readonly apps: ReadonlyMap<string, OAuthApp>;
  readonly consent: 'automatic' | 'click';
  /** Optional scopes that the user leaves unchecked. */
  readonly deniedScopes: ReadonlySet<string>;
  readonly grants: Grants;
  readonly codes: Map<string, AuthorizationCode>;
  /** Devices that wait for their users, by device code. */
  readonly devices: Map<string, DeviceRequest>;
  readonly stats: OAuthStats;
  readonly refreshesInFlight: Map<Grant, number>;
  /** The account that the browser is signed in to. */
  signedIn: string;
}

/** A request to the server, with the parameters of its path. */
export interface OAuthCall {
  readonly server: OAuthServer;
  readonly request: ServiceRequest;
  readonly path: ReadonlyMap<string, string>;
}

/** How an authorization server is set up. */
export interface OAuthServerOptions extends Pick<OAuthServer, 'profile' | 'clock' | 'signedIn'> {
  readonly apps: readonly OAuthApp[];
  readonly consent?: OAuthServer['consent'] | undefined;
  readonly deniedScopes?: readonly string[] | undefined;
}

export function createOAuthServer(options: OAuthServerOptions): OAuthServer {
  const { profile, clock, apps, consent = 'automatic', deniedScopes = [] } = options;
  return {
    ...options,
    apps: new Map(apps.map((app) => [app.clientId, app])),
    consent,
    deniedScopes: new Set(deniedScopes),
    grants: new Grants(profile, clock),
    codes: new Map(),
    devices: new Map(),
    stats: { tokenRequests: 0, refreshes: 0, refreshReuses: 0, codeReplays: 0, concurrentRefreshes: 0 },
    refreshesInFlight: new Map(),
  };
}

/** The provider's refusal for a reason; `detail` is the value that was wrong. */
export function failure({ profile }: OAuthServer, reason: Reason, detail?: string): OAuthFailure {
  return new OAuthFailure(profile.failures[reason] ?? COMMON_FAILURES[reason], detail);
}

/** Throws if the provider refuses for this reason. */
export function refuse({ profile }: OAuthServer, reason: OptionalReason, detail?: string): void {
  const words = profile.failures[reason];
  if (words !== undefined) throw new OAuthFailure(words, detail);
}

/** A parameter of the form. Some providers refuse a form without it, others take it as empty. */
export function formParameter(server: OAuthServer, form: URLSearchParams, name: string): string {
  if (!form.has(name)) refuse(server, 'missingParameter', name);
  return form.get(name) ?? '';
}
