import {
  type AccessTokenSource,
  ConfigurationError,
  type FetchRouteOptions,
  type Hooks,
  type RateLimit,
  type RateLimiter,
  type RetryOptions,
  staticToken,
} from '@context-sdk/oauth-core';
import {
  checkedBaseUrl,
  createPipeline,
  fetchRoute,
  type Pipeline,
} from '@context-sdk/oauth-core/client-kit';
import { Account } from './account/account.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import { Columns } from './columns/columns.ts';
import { Comments } from './comments/comments.ts';
import { Countdowns } from './countdowns/countdowns.ts';
import { Focuses } from './focus/focuses.ts';
import { Groups } from './groups/groups.ts';
import { Habits } from './habits/habits.ts';
import { TICKTICK_LIMITS } from './limits.ts';
import { Preference } from './preference/preference.ts';
import { Projects } from './projects/projects.ts';
import { BASE_URLS, type Region } from './regions.ts';
import { Tags } from './tags/tags.ts';
import { GuideRoutes } from './tasks/guide-routes.ts';
import { KnownProjects } from './tasks/known-projects.ts';
import { OfficialRoutes } from './tasks/official-routes.ts';
import { Tasks } from './tasks/tasks.ts';
import { classifier } from './transport/classify.ts';
import { sendWithKy } from './transport/send-with-ky.ts';
import { noRouteInGuide, Transport } from './transport/transport.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** What a client needs (`auth`), and what can be changed. */
export interface TickTickClientOptions {
  /** A personal API token (Settings, Account, API Token), or a source such as a `TokenManager`. */
  auth: string | AccessTokenSource;
  /** `ticktick` unless given. */
  region?: Region | undefined;
  /** `guide` speaks the wire format of the integration guide, for gateways built to it. */
  dialect?: 'official' | 'guide' | undefined;
  /** Instead of the region's address, `/open/v1` included. */
  baseUrl?: string | undefined;
  /** Instead of the one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** Instead of 100 requests in 60 s and 300 in 300 s per account. */
  limits?: readonly RateLimit[] | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire; 30,000 unless given. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

function misconfigured(problem: string): ConfigurationError {
  return new ConfigurationError(problem, { service: 'ticktick' });
}

function baseUrlOf({ baseUrl, region = 'ticktick', dialect = 'official' }: TickTickClientOptions): string {
  if (!Object.hasOwn(BASE_URLS, region)) throw misconfigured('region must be ticktick or dida365.');
  if (dialect !== 'official' && dialect !== 'guide')
    throw misconfigured('dialect must be official or guide.');
  return checkedBaseUrl(baseUrl ?? BASE_URLS[region], 'ticktick');
}

/**
 * One user's TickTick. Methods throw the errors of `@context-sdk/oauth-core`:
 * {@link ReauthorizationRequiredError}, {@link NotFoundError}, {@link InvalidRequestError},
 * {@link RateLimitError}, {@link ServiceUnavailableError}, {@link NetworkError}, {@link TimeoutError},
 * {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class TickTickClient {
  readonly tasks: Tasks;
  readonly projects: Projects;
  readonly groups: Groups;
  readonly columns: Columns;
  readonly tags: Tags;
  readonly comments: Comments;
  readonly focus: Focuses;
  readonly countdowns: Countdowns;
  readonly habits: Habits;
  readonly preference: Preference;
  readonly account: Account;
  readonly webhooks: Webhooks;
  readonly changes: ChangeFeed;
  readonly #pipeline: Pipeline;
  readonly #baseUrl: string;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: TickTickClientOptions) {
    const { auth, dialect, limits = TICKTICK_LIMITS } = options;
    const isSource = typeof auth === 'object' && typeof auth?.getAccessToken === 'function';
    if (typeof auth !== 'string' && !isSource) {
      throw misconfigured('auth must be an API token or a source of access tokens.');
    }
    this.#baseUrl = baseUrlOf(options);
    this.#pipeline = createPipeline({
      ...options,
      service: 'ticktick',
      auth: typeof auth === 'string' ? staticToken(auth) : auth,
      origins: [new URL(this.#baseUrl).origin],
      limits,
      classify: classifier(limits),
    });
    const transport = new Transport(sendWithKy(this.#pipeline, this.#baseUrl));
    const isGuide = dialect === 'guide';
    const official = isGuide ? noRouteInGuide : transport;
    const known = new KnownProjects();
    this.projects = new Projects(official, known);
    const routes = isGuide ? new GuideRoutes(transport) : new OfficialRoutes(transport, this.projects);
    this.tasks = new Tasks({ routes, official, projects: this.projects, known });
    this.groups = new Groups(official);
    this.columns = new Columns(official);
    this.tags = new Tags(official);
    this.comments = new Comments(official);
    this.focus = new Focuses(official);
    this.countdowns = new Countdowns(official);
    this.habits = new Habits(official);
    this.preference = new Preference(official);
    this.account = new Account(this.projects);
    this.changes = new ChangeFeed(official);
    this.webhooks = new Webhooks(isGuide ? transport : undefined);
  }

  /**
   * Reaches any route of the API, behind the base URL, with token, limits, retries and errors as every method
   * has them: answers that are failures reject. `safety` is taken from the HTTP method unless given.
   */
  async fetch(path: string, init: RequestInit = {}, options: FetchRouteOptions = {}): Promise<Response> {
    const route = { pipeline: this.#pipeline, baseUrl: this.#baseUrl, service: 'ticktick' };
    return await fetchRoute(route, path, init, options);
  }
}
