import type { CallOptions } from '@context-sdk/oauth-core';
import {
  type HttpRequest,
  isObject,
  jsonWire,
  type Outgoing,
  type OwnOptions,
  readJson,
  type SendOptions,
  type Service,
  type ServiceCall,
  type ServiceResponse,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import {
  checkedVersion,
  isUnderPreview,
  type Lowered,
  loweringTo,
  versionAfter,
  versionsOf,
} from './api-versions.ts';
import { unexpected } from './errors.ts';
import { NodeApi } from './library/node-api.ts';
import type { WitApi } from './library/wit-api.ts';
import type { AdoOperation, OperationName, OPERATIONS } from './operations.ts';

/** What fills an operation: the arguments of the library's method, or a request of our own. */
export type AdoRequest = HttpRequest & {
  args?: readonly unknown[];
  /** Names behind the path, such as those of folders. */
  rest?: readonly string[] | undefined;
};

/** One call of this client's methods, with all of its requests. */
export type AdoCall = ServiceCall<OperationName, AdoOperation, AdoRequest>;

/** What every resource of a client needs. */
export interface AdoContext {
  service: Service<OperationName, AdoOperation, AdoRequest>;
  organizationUrl: string;
  /** The client's own project, for calls that name none. */
  project: string | undefined;
  /** Whether fields of the organization's own are formatted, by name in lower case, as far as they were asked for. */
  fieldFormats: Map<string, boolean>;
}

/** The operations of the library, with the arguments of its methods. */
type LibraryArguments = {
  [Name in OperationName]: (typeof OPERATIONS)[Name] extends { library: infer Method extends keyof WitApi }
    ? Parameters<WitApi[Method]>
    : never;
};

/** Sends an operation that azure-devops-node-api puts together, with the arguments of its method. */
export function sendByLibrary<Name extends OperationName>(
  call: AdoCall,
  name: Name,
  args: LibraryArguments[Name],
  options?: SendOptions,
): Promise<ServiceResponse> {
  return call.send(name, { args }, options);
}

/** Asks for a 401 instead of a redirect to a sign-in page, which is of no use to a program. */
const HEADERS = { 'X-TFS-FedAuthRedirect': 'Suppress' };

/** A request of our own for an older server. Those of a batch have versions of their own, in their URIs. */
function loweredRequest({ query, json, ...request }: AdoRequest, lowered: Lowered): AdoRequest {
  const [, version = ''] = lowered(`api-version=${query?.['api-version']}`).split('=');
  const requests = Array.isArray(json)
    ? json.map((one: unknown) =>
        isObject(one) && typeof one['uri'] === 'string' ? { ...one, uri: lowered(one['uri']) } : one,
      )
    : json;
  return { ...request, json: requests, query: { ...query, 'api-version': version } };
}

function loweredHeaders(headers: Record<string, string>, lowered: Lowered): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, lowered(value)]));
}

/** Paths may leave out the project and the team, and go on behind the route. */
function pathFor(template: string, { params = {}, rest = [] }: AdoRequest): string {
  const path = ['project', 'team'].reduce(
    (left, name) => (params[name] === undefined ? left.replace(`/{${name}}`, '') : left),
    template,
  );
  return [path, ...rest.map(encodeURIComponent)].join('/');
}

/** Azure DevOps Services keeps people on a host of their own, a server with everything else. */
const SERVICES = 'https://dev.azure.com';
const IDENTITY_SERVICES = 'https://vssps.dev.azure.com';

function identityUrl(organizationUrl: string): string {
  return organizationUrl.startsWith(`${SERVICES}/`)
    ? organizationUrl.replace(SERVICES, IDENTITY_SERVICES)
    : organizationUrl;
}

/** Where else than to the organization's own host its credentials go. */
export function identityOrigins(organizationUrl: string): string[] {
  return [new URL(identityUrl(organizationUrl)).origin];
}

/** Requests put together by azure-devops-node-api where it has a method, else by the kit. */
export function adoWire(organizationUrl: string, apiVersion?: string): Wire<AdoOperation, AdoRequest> {
  const nodeApi = new NodeApi(organizationUrl);
  const chosen = checkedVersion(apiVersion);
  const server = versionsOf(organizationUrl);
  const send = async (
    outgoing: Outgoing<AdoOperation, AdoRequest>,
    fetch: typeof globalThis.fetch,
    lowered?: Lowered,
  ): Promise<unknown> => {
    const { name, operation, request } = outgoing;
    if (!('library' in operation)) {
      const baseUrl = operation.isOnIdentityHost ? identityUrl(organizationUrl) : outgoing.baseUrl;
      const query = { ...request.query, 'api-version': operation.apiVersion };
      const own = { ...request, query, headers: HEADERS };
      const path = pathFor(operation.path, request);
      const versioned = { ...operation, path, query: [...(operation.query ?? []), 'api-version'] };
      return await jsonWire(
        { ...outgoing, operation: versioned, baseUrl, request: lowered ? loweredRequest(own, lowered) : own },
        fetch,
      );
    }
    const response = await nodeApi.send(operation.library, request.args ?? [], (url, init) => {
      const headers = { ...init.headers, ...HEADERS };
      if (lowered === undefined) return fetch(url, { ...init, headers });
      return fetch(lowered(url), { ...init, headers: loweredHeaders(headers, lowered) });
    });
    if (response === undefined) throw unexpected(`got no request for ${name}`);
    // A file that was downloaded is bytes, everything else JSON.
    return name === 'attachments.download'
      ? new Uint8Array(await response.arrayBuffer())
      : await readJson(response);
  };
  return async (outgoing, fetch) => {
    // Another client of this process may have got to know the server meanwhile.
    let highest = chosen ?? (performance.now() < server.until ? server.highest : undefined);
    for (;;) {
      const isPreview = server.previews.has(outgoing.name);
      const isLowered = highest !== undefined || isPreview;
      const lowered = isLowered ? loweringTo(highest, outgoing.name, isPreview) : undefined;
      try {
        return await send(outgoing, fetch, lowered);
      } catch (error) {
        if (isUnderPreview(error) && !isPreview) {
          server.previews.add(outgoing.name);
          continue;
        }
        if (chosen !== undefined) throw error;
        const supported = versionAfter(error, server);
        // Of servers behind one address, some may be older.
        if (highest !== undefined && supported >= highest) throw error;
        highest = supported;
      }
    }
  };
}

/** The options of a call that may name a project. */
export interface ProjectOptions extends CallOptions {
  /** Default: the client's project. */
  project?: string | undefined;
}

export const PROJECT_OPTIONS: OwnOptions<ProjectOptions> = { project: 'string' };
