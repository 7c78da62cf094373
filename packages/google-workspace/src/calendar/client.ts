import {
  checkedBaseUrl,
  createPipeline,
  fetchRoute,
  type FetchRouteOptions,
  type Pipeline,
} from '@context-sdk/oauth-core';
import { checkedAuth, type GoogleClientOptions } from '../client-options.ts';
import { type CalendarLibrary, loadCalendarLibrary } from '../library/calendar-library.ts';
import { classifier } from '../requests/classify.ts';
import { withCosts } from '../requests/method-costs.ts';
import { Requests } from '../requests/requests.ts';
import type { CalendarRequests } from './calendar-requests.ts';
import { Calendars } from './calendars/calendars.ts';
import { Events } from './events/events.ts';
import { FreeBusy } from './free-busy/free-busy.ts';
import { SERVICE } from './invalid.ts';
import { CALENDAR_LIMITS, CALENDAR_METHODS, type CalendarMethod } from './methods.ts';

/** What a client needs (`auth`), and what can be changed. */
export interface GoogleCalendarClientOptions extends GoogleClientOptions {
  /** Units of a method's requests, where they are not 1. */
  costs?: Readonly<Partial<Record<CalendarMethod, number>>> | undefined;
  /** Instead of `https://www.googleapis.com/calendar/v3`. */
  baseUrl?: string | undefined;
  /** Instead of `@googleapis/calendar`, for example `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<CalendarLibrary>) | undefined;
}

/** Where Google's library sends requests. */
const ROOT = 'https://www.googleapis.com/calendar/v3';

/**
 * One user's Google Calendar. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link MissingScopeError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class GoogleCalendarClient {
  readonly calendars: Calendars;
  readonly events: Events;
  readonly freeBusy: FreeBusy;
  readonly #pipeline: Pipeline;
  readonly #baseUrl: string;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: GoogleCalendarClientOptions) {
    const { library = loadCalendarLibrary, limits = CALENDAR_LIMITS } = options;
    const methods = withCosts(CALENDAR_METHODS, options.costs, SERVICE);
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
    const requests: CalendarRequests = new Requests({
      service: SERVICE,
      pipeline: this.#pipeline,
      methods,
      library: async () => (await library()).calendar({ version: 'v3' }),
      root: ROOT,
      baseUrl: this.#baseUrl,
    });
    this.calendars = new Calendars(requests);
    this.events = new Events(requests);
    this.freeBusy = new FreeBusy(requests);
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
