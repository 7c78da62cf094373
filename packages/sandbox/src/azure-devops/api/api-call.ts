import type { RouteTemplate } from '../../http/router.ts';
import type { ServiceRequest } from '../../http/service.ts';
import type { Caller, Scope } from '../access/caller.ts';
import { invalidValue, projectNotFound, teamNotFound } from '../failures.ts';
import type { Subscriptions } from '../hooks/subscriptions.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import type { Team } from '../organization/team.ts';
import { addressOf } from './address.ts';
import type { ApiVersion, Release } from './api-version.ts';

/** One authorized request to an organization's API. */
export interface ApiCall {
  readonly organization: Organization;
  /** The project that the path names, if any. */
  readonly project: Project | undefined;
  /** The team that the path names; without one, the project's first. */
  readonly team: Team | undefined;
  readonly caller: Caller;
  readonly version: ApiVersion;
  readonly request: ServiceRequest;
  /** Lower case, as names are matched without regard to case. */
  readonly params: ReadonlyMap<string, string>;
  /** Ids that the batch around this request gave so far, by the negative ids that stand for them. */
  readonly temporaryIds: Map<number, number>;
  readonly settings: ApiSettings;
  /** Answers one request of a batch as if it had come on its own. */
  runInBatch(request: ServiceRequest, temporaryIds: Map<number, number>): Promise<Response>;
}

/** What a sandbox can change about the API. */
export interface ApiSettings {
  /** How many results a query without `$top` may have. */
  readonly wiqlLimit: number;
  /** The newest api-version, such as `7.0`. */
  readonly newestApiVersion: string;
  /** The status for a token that lacks the scope of a route. */
  readonly missingScope: 401 | 403;
  /** Whether one request of a batch that fails, fails them all. */
  readonly failsWholeBatch: boolean;
  /** Whether service hooks may go to loopback, which the real service refuses. */
  readonly loopbackHooks: boolean;
  readonly subscriptionsOf: (organization: Organization) => Subscriptions;
}

/** A route below `_apis`; a Response is answered as it is, undefined as 204, anything else as JSON. */
export interface ApiRoute extends RouteTemplate, Release {
  /** Undefined: any token will do. */
  readonly scope: Scope | undefined;
  readonly handle: (call: ApiCall) => unknown;
}

/** A route that only reads; `route` is `METHOD path`, below `_apis` and in lower case. */
export function reading(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { ...routeOf(operation, route, handle), scope: 'vso.work' };
}

/** A route that changes something. */
export function writing(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { ...routeOf(operation, route, handle), scope: 'vso.work_write' };
}

/** A route that reads projects. */
export function aboutProjects(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { ...routeOf(operation, route, handle), scope: 'vso.project' };
}

/** A route that reads people. */
export function aboutPeople(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { ...routeOf(operation, route, handle), scope: 'vso.identity' };
}

/** A route that any token of the organization may ask. */
export function forAnyToken(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { ...routeOf(operation, route, handle), scope: undefined };
}

/** The same route, in preview up to a version, such as 70 for 7.0. */
export function releasedIn(version: number, route: ApiRoute): ApiRoute {
  return { ...route, releasedIn: version };
}

/** The same route, in preview whatever the version. */
export function inPreview(route: ApiRoute): ApiRoute {
  return { ...route, previewOnly: true };
}

export function pathParam(call: ApiCall, name: string): string {
  return call.params.get(name) ?? '';
}

/** A whole number of the path. */
export function idParam(call: ApiCall, name: string): number {
  const text = pathParam(call, name);
  if (!/^\d{1,10}$/.test(text))
    throw invalidValue(`The value '${text}' is not valid for the parameter '${name}'.`);
  return Number(text);
}

/** The project of a route that cannot do without. */
export function requiredProject(call: ApiCall): Project {
  if (!call.project) throw projectNotFound('');
  return call.project;
}

export function requiredTeam(call: ApiCall): Team {
  requiredProject(call);
  if (!call.team) throw teamNotFound(addressOf(call.request).team ?? '');
  return call.team;
}

/** The address of something below a team's `_apis`. */
export function teamUrl(call: ApiCall, path: string): string {
  return `${call.organization.url}/${requiredProject(call).id}/${requiredTeam(call).id}/_apis/${path}`;
}

/** A boolean of the query. */
export function flag(call: ApiCall, name: string): boolean {
  return call.request.query.get(name)?.toLowerCase() === 'true';
}

/** A whole number of the query. */
export function numberOf(call: ApiCall, name: string, fallback: number): number {
  const text = call.request.query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw invalidValue(`The value '${text}' is not valid for the parameter '${name}'.`);
  return Number(text);
}

/** A list, as the service wraps it. */
export function listOf(value: readonly unknown[]): { count: number; value: readonly unknown[] } {
  return { count: value.length, value };
}

function routeOf(operation: string, route: string, handle: ApiRoute['handle']): Omit<ApiRoute, 'scope'> {
  const [method = '', path = ''] = route.split(' ');
  return { operation, method, path, previewOnly: false, handle };
}
