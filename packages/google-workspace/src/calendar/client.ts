import {
  checkObject,
  defineService,
  type FetchRouteOptions,
  type ServiceOptions,
} from '@context-sdk/oauth-core/client-kit';
import { classifier } from '../errors.ts';
import { CALENDAR_LIMITS, smallestLimit, withCosts } from '../limits.ts';
import { libraryWire } from '../wire.ts';
import { Acl } from './acl/acl.ts';
import { CalendarList } from './calendar-list/calendar-list.ts';
import { Calendars } from './calendars/calendars.ts';
import { SERVICE } from './errors.ts';
import { Events } from './events/events.ts';
import { FreeBusy } from './free-busy/free-busy.ts';
import { CALENDAR_OPERATIONS, type CalendarOperationName, type CalendarService } from './operations.ts';
import { Colors } from './settings/colors.ts';
import { Settings } from './settings/settings.ts';

/** Where Google's Calendar client comes from: `@googleapis/calendar`, or `google` of the full `googleapis`. */
export interface CalendarLibrary {
  /** Makes Google's client. */
  calendar(options: { version: 'v3' }): object;
}

/** What a client needs (`auth`), and what can be changed. */
export interface GoogleCalendarClientOptions extends ServiceOptions {
  /** Units that an operation costs. Default: 1 each. */
  costs?: Readonly<Partial<Record<CalendarOperationName, number>>> | undefined;
  /** Default: `https://www.googleapis.com/calendar/v3`. */
  baseUrl?: string | undefined;
  /** Default: `@googleapis/calendar`. For the full library: `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<CalendarLibrary>) | undefined;
}

/** Where Google's library sends requests. */
const ROOT = 'https://www.googleapis.com/calendar/v3';

function loadLibrary(): Promise<CalendarLibrary> {
  return import('@googleapis/calendar');
}

/**
 * One user's Google Calendar. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link MissingScopeError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class GoogleCalendarClient {
  readonly calendars: Calendars;
  readonly calendarList: CalendarList;
  readonly acl: Acl;
  readonly colors: Colors;
  readonly settings: Settings;
  readonly events: Events;
  readonly freeBusy: FreeBusy;
  readonly #service: CalendarService;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: GoogleCalendarClientOptions) {
    checkObject(options, 'options');
    const { baseUrl = ROOT, costs, library = loadLibrary, limits = CALENDAR_LIMITS } = options;
    const operations = withCosts(CALENDAR_OPERATIONS, costs, SERVICE);
    const classify = classifier(SERVICE, operations);
    this.#service = defineService(
      {
        name: SERVICE,
        baseUrl,
        limits: CALENDAR_LIMITS,
        operations,
        wire: libraryWire({
          root: ROOT,
          load: async () => (await library()).calendar({ version: 'v3' }),
          batches: { prefix: '/calendar/v3', path: '/batch/calendar/v3' },
        }),
        classify,
        probe: { operation: 'colors.get', url: '/colors' },
      },
      options,
      { costs: 'checked', baseUrl: 'string', library: 'function' },
    );
    this.calendars = new Calendars(this.#service);
    this.calendarList = new CalendarList(this.#service);
    this.acl = new Acl(this.#service);
    this.colors = new Colors(this.#service);
    this.settings = new Settings(this.#service);
    this.events = new Events(this.#service, {
      classify,
      costs: (name) => operations[name].cost ?? 1,
      maxUnits: smallestLimit(limits),
    });
    this.freeBusy = new FreeBusy(this.#service);
  }

  /**
   * Sends a request to any route of the API, relative to the base URL, with the token, limits, retries and errors of
   * every method. Rejects for responses that are failures. `safety` follows from the HTTP method by default.
   */
  async fetch(path: string, init: RequestInit = {}, options?: FetchRouteOptions): Promise<Response> {
    return await this.#service.fetch(path, init, options);
  }
}
