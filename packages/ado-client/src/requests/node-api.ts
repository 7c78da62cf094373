import { ROUTES } from './routes.ts';
import type { WitApi } from './wit-api.ts';

/** Sends one request that the library has put together. */
export type Send = (
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
) => Promise<void>;

/** The parts of a `WorkItemTrackingApi` that are replaced. The conformance test pins their names. */
export interface Seam {
  rest: { client: { request: unknown } };
  http: { request: unknown };
  vsoClient: {
    getVersioningData: unknown;
    getRequestUrl(template: string, area: string, resource: string, route: unknown, query?: unknown): string;
  };
}

/**
 * The library sees a success without content: its own reader takes malformed JSON, a cut body and a sign-in page for
 * `null`, and turns texts into dates and words into numbers on the way. Answers are read by this client alone.
 */
const NOTHING = { message: { statusCode: 204, headers: {} }, readBody: async (): Promise<string> => '' };

async function load(organizationUrl: string): Promise<Seam> {
  // The root of the library takes three times as long to load, and this file none of it.
  const { WorkItemTrackingApi } = await import('azure-devops-node-api/WorkItemTrackingApi.js');
  const api = new WorkItemTrackingApi(organizationUrl, []) as unknown as Seam;
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

/** A copy of the library's client whose requests go through `send`: calls share the rest, and no state. */
function sendingThrough(api: Seam, send: Send): WitApi {
  const request = async (...sent: Parameters<Send>): Promise<typeof NOTHING> => {
    await send(...sent);
    return NOTHING;
  };
  const client: unknown = Object.assign(Object.create(api.rest.client), { request });
  const rest: unknown = Object.assign(Object.create(api.rest), { client });
  const http: unknown = Object.assign(Object.create(api.http), { request });
  return Object.assign(Object.create(api), { rest, http }) as WitApi;
}

/** azure-devops-node-api, loaded with the first request, for what it knows: routes, versions and parameters. */
export class NodeApi {
  readonly #organizationUrl: string;
  #loading: Promise<Seam> | undefined;

  constructor(organizationUrl: string) {
    this.#organizationUrl = organizationUrl;
  }

  async call(send: Send, request: (api: WitApi) => Promise<unknown>): Promise<void> {
    this.#loading ??= load(this.#organizationUrl);
    await request(sendingThrough(await this.#loading, send));
  }
}
