import {
  checkedBaseUrl,
  createPipeline,
  fetchRoute,
  type FetchRouteOptions,
  type Pipeline,
} from '@context-sdk/oauth-core';
import { checkedAuth, type GoogleClientOptions } from '../client-options.ts';
import { type GmailApi, type GmailLibrary, loadGmailLibrary } from '../library/gmail-library.ts';
import { classifier } from '../requests/classify.ts';
import { withCosts } from '../requests/method-costs.ts';
import { Requests } from '../requests/requests.ts';
import { GMAIL_LIMITS, GMAIL_METHODS, type GmailMethod } from './methods.ts';

/** What a client needs (`auth`), and what can be changed. */
export interface GmailClientOptions extends GoogleClientOptions {
  /** Units of a method's requests, where Google counts them otherwise. */
  costs?: Readonly<Partial<Record<GmailMethod, number>>> | undefined;
  /** Instead of `https://gmail.googleapis.com`. */
  baseUrl?: string | undefined;
  /** Instead of `@googleapis/gmail`, for example `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<GmailLibrary>) | undefined;
}

const SERVICE = 'gmail';
/** Where Google's library sends requests. */
const ROOT = 'https://gmail.googleapis.com';

/** The requests that the resources of {@link GmailClient} make. */
export type GmailRequests = Requests<GmailApi, GmailMethod>;

/**
 * One user's Gmail. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link MissingScopeError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class GmailClient {
  readonly #pipeline: Pipeline;
  readonly #baseUrl: string;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: GmailClientOptions) {
    const { library = loadGmailLibrary, limits = GMAIL_LIMITS } = options;
    const methods = withCosts(GMAIL_METHODS, options.costs, SERVICE);
    const auth = checkedAuth(options.auth, SERVICE);
    this.#baseUrl = checkedBaseUrl(options.baseUrl ?? ROOT, SERVICE);
    this.#pipeline = createPipeline({
      ...options,
      auth,
      limits,
      service: SERVICE,
      origins: [new URL(this.#baseUrl).origin],
      classify: classifier(SERVICE, methods),
    });
    const requests: GmailRequests = new Requests({
      service: SERVICE,
      pipeline: this.#pipeline,
      methods,
      library: async () => (await library()).gmail({ version: 'v1' }),
      root: ROOT,
      baseUrl: this.#baseUrl,
    });
  }

  /**
   * Reaches any route of the API, behind the base URL, with token, limits, retries and errors as every method
   * has them: answers that are failures reject. `effect` is taken from the HTTP method unless given.
   */
  async fetch(path: string, init: RequestInit = {}, options: FetchRouteOptions = {}): Promise<Response> {
    const route = { pipeline: this.#pipeline, baseUrl: this.#baseUrl, service: SERVICE };
    return await fetchRoute(route, path, init, options);
  }
}
