import type { RouteTemplate } from '../../http/router.ts';
import type { ServiceRequest } from '../../http/service.ts';
import type { GoogleAccount } from '../accounts.ts';

/** The APIs that are emulated. */
export type GoogleApi = 'calendar' | 'gmail';

/** One authorized request to an API. */
export interface GoogleCall {
  readonly account: GoogleAccount;
  /** The OAuth client that the token was issued to. */
  readonly clientId: string;
  /** The token's scopes, in their long forms. */
  readonly scopes: readonly string[];
  /** Parameters of the path, decoded. */
  readonly params: ReadonlyMap<string, string>;
  readonly request: ServiceRequest;
}

/** A method of an API, under Google's own id: `calendar.events.insert`, `gmail.users.drafts.create`. */
export interface GoogleMethod extends RouteTemplate {
  readonly api: GoogleApi;
  /** Any one of them lets the request in; long forms. */
  readonly scopes: readonly string[];
  /** Quota units that a request costs. */
  readonly units: number;
  /**
   * Its value is answered as JSON, undefined as an empty 204, a Response as it is. It throws a GoogleFailure to refuse.
   */
  readonly handle: (call: GoogleCall) => unknown;
}

/** The `/auth/…` scopes behind short names such as `calendar.readonly`. */
export function scopeUrls(names: string): string[] {
  return names.split(' ').map((name) => `https://www.googleapis.com/auth/${name}`);
}
