import { loadedOnce } from '@context-sdk/oauth-core/client-kit';
import { ROUTES } from './routes.ts';
import type { WitApi } from './wit-api.ts';

/** Sends one request that the library has put together. */
export type SendRequest = (
  url: string,
  init: { method: string; body: Body; headers: Record<string, string> },
) => Promise<Response>;

type Body = Uint8Array<ArrayBuffer> | string | null;

/** The parts of a `WorkItemTrackingApi` that are replaced. The conformance test pins their names. */
export interface LibraryInternals {
  rest: { client: { request: unknown } };
  http: { request: unknown };
  vsoClient: {
    getVersioningData: unknown;
    getRequestUrl(template: string, area: string, resource: string, route: unknown, query?: unknown): string;
  };
}

/**
 * The library sees a success without content: its own reader takes malformed JSON, a cut body and a sign-in page for
 * `null`, and turns texts into dates and words into numbers on the way. Only this client reads responses.
 */
const NO_CONTENT = { message: { statusCode: 204, headers: {} }, readBody: async (): Promise<string> => '' };

async function load(organizationUrl: string): Promise<LibraryInternals> {
  // The root of the library takes three times as long to load, and this file needs none of it.
  const { WorkItemTrackingApi } = await import('azure-devops-node-api/WorkItemTrackingApi.js');
  const api = new WorkItemTrackingApi(organizationUrl, []) as unknown as LibraryInternals;
  const { vsoClient } = api;
  vsoClient.getVersioningData = async (
    apiVersion: string,
    area: string,
    locationId: string,
    route: unknown,
    query: unknown,
  ) => ({
    apiVersion,
    requestUrl: vsoClient.getRequestUrl(ROUTES[locationId] ?? '', area, '', route, query),
  });
  return api;
}

/** A copy of the library's client whose requests go through `request`: calls share the rest, and no state. */
function sendingThrough(api: LibraryInternals, request: unknown): WitApi {
  const client: unknown = Object.assign(Object.create(api.rest.client), { request });
  const rest: unknown = Object.assign(Object.create(api.rest), { client });
  const http: unknown = Object.assign(Object.create(api.http), { request });
  return Object.assign(Object.create(api), { rest, http }) as WitApi;
}

/** azure-devops-node-api, loaded with the first request, for what it knows: routes, versions and parameters. */
export class NodeApi {
  readonly #load: () => Promise<LibraryInternals>;

  constructor(organizationUrl: string) {
    this.#load = loadedOnce(() => load(organizationUrl));
  }

  /** Sends the one request of a method, and gives the response unread; undefined where the method sent none. */
  async send(
    method: keyof WitApi,
    args: readonly unknown[],
    send: SendRequest,
  ): Promise<Response | undefined> {
    const library = await this.#load();
    let response: Response | undefined;
    const request = async (
      verb: string,
      url: string,
      body: Body,
      headers: Record<string, string>,
    ): Promise<typeof NO_CONTENT> => {
      response = await send(url, { method: verb, body, headers });
      return NO_CONTENT;
    };
    const api = sendingThrough(library, request);
    await (api[method] as (...given: readonly unknown[]) => Promise<unknown>).apply(api, [...args]);
    return response;
  }
}
