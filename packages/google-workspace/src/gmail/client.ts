import {
  checkedBaseUrl,
  createPipeline,
  fetchRoute,
  type FetchRouteOptions,
  type Pipeline,
} from '@context-sdk/oauth-core';
import { checkedAuth, type GoogleClientOptions } from '../client-options.ts';
import { type GmailLibrary, loadGmailLibrary } from '../library/gmail-library.ts';
import { classifier } from '../requests/classify.ts';
import { withCosts } from '../requests/method-costs.ts';
import { Requests } from '../requests/requests.ts';
import { Drafts } from './drafts.ts';
import type { GmailRequests } from './gmail-requests.ts';
import { MailSender } from './mail-sender.ts';
import { GmailMailbox } from './mailbox.ts';
import { Messages } from './messages.ts';
import { GMAIL_LIMITS, GMAIL_METHODS, type GmailMethod } from './methods.ts';
import { Profile } from './profile.ts';
import { SERVICE } from './service.ts';
import { Threads } from './threads.ts';

/** What a client needs (`auth`), and what can be changed. */
export interface GmailClientOptions extends GoogleClientOptions {
  /** Units of a method's requests, where Google counts them otherwise. */
  costs?: Readonly<Partial<Record<GmailMethod, number>>> | undefined;
  /** Instead of `https://gmail.googleapis.com`. */
  baseUrl?: string | undefined;
  /** Instead of `@googleapis/gmail`, for example `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<GmailLibrary>) | undefined;
}

/** Where Google's library sends requests. */
const ROOT = 'https://gmail.googleapis.com';

/**
 * One user's Gmail. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link MissingScopeError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class GmailClient {
  readonly drafts: Drafts;
  readonly messages: Messages;
  readonly threads: Threads;
  readonly profile: Profile;
  readonly mailbox: GmailMailbox;
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
    const sender = new MailSender(requests, options.timeoutMs);
    this.drafts = new Drafts(requests, sender);
    this.messages = new Messages(requests, sender);
    this.threads = new Threads(requests);
    this.profile = new Profile(requests);
    this.mailbox = new GmailMailbox(requests, this.profile);
  }

  /**
   * Reaches any route of the API, behind the base URL, with token, limits, retries and errors as every method
   * has them: answers that are failures reject. `safety` is taken from the HTTP method unless given.
   */
  async fetch(path: string, init: RequestInit = {}, options: FetchRouteOptions = {}): Promise<Response> {
    const route = { pipeline: this.#pipeline, baseUrl: this.#baseUrl, service: SERVICE };
    return await fetchRoute(route, path, init, options);
  }
}
