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
export interface GoogleMethod
  extends RouteTemplate, Pick<DiscoveredMethod, 'query' | 'request' | 'response'> {
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

/** What a discovery document says of a method. */
export interface DiscoveredMethod {
  /** `GET /path`. */
  readonly route: string;
  /** Takes the media as its whole body, or as a part of it. */
  readonly uploadPath?: string;
  /** Parameters of the query, where others are refused. */
  readonly query?: string | undefined;
  /** The schema of the body, where names that it doesn't have are refused. */
  readonly request?: string | undefined;
  /** The schema of the answer. */
  readonly response?: string | undefined;
  /** Short names. */
  readonly scopes: string;
}

/** Binds the methods of a discovery document to what answers them, on their upload paths, too. */
export function bindMethods<Id extends string>(
  { api, prefix, methods }: { api: GoogleApi; prefix: string; methods: Record<Id, DiscoveredMethod> },
  bind: (id: Id) => Pick<GoogleMethod, 'units' | 'handle'>,
): GoogleMethod[] {
  const ids = Object.keys(methods) as Id[];
  return ids.flatMap((id) => {
    const { route, uploadPath, scopes, ...names } = methods[id];
    const [method = '', path = ''] = route.split(' ');
    const bound = { operation: prefix + id, api, method, ...names, scopes: scopeUrls(scopes), ...bind(id) };
    return uploadPath === undefined
      ? [{ ...bound, path }]
      : [
          { ...bound, path },
          // Of a resumable upload, the discovery document has another path than the guide, and its pieces are PUT.
          ...[uploadPath, `/resumable${uploadPath}`].flatMap((upload) => [
            { ...bound, path: upload },
            { ...bound, method: 'PUT', path: upload },
          ]),
        ];
  });
}

/** The scopes behind short names separated by spaces, such as `calendar.readonly`; a URL stands for itself. */
export function scopeUrls(names: string): string[] {
  return names.split(' ').map((name) => new URL(name, 'https://www.googleapis.com/auth/').href);
}
