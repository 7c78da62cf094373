import type { AccessTokenSource } from '@context-sdk/oauth-core';
import {
  checkObject,
  defineService,
  type FetchRouteOptions,
  type ServiceOptions,
} from '@context-sdk/oauth-core/client-kit';
import type { Identify, OAuthProvider } from '@context-sdk/oauth-core/providers';
import { Account } from './account/account.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import { Columns } from './columns/columns.ts';
import { Comments } from './comments/comments.ts';
import { Countdowns } from './countdowns/countdowns.ts';
import { classifier, errors, missingOperation, SERVICE } from './errors.ts';
import { Focuses } from './focus/focuses.ts';
import { Groups } from './groups/groups.ts';
import { guideClassifier } from './guide/classify.ts';
import { type GatewayRoutes, guideDialect } from './guide/dialect.ts';
import { Habits } from './habits/habits.ts';
import { GUIDE_LIMITS, TICKTICK_LIMITS } from './limits.ts';
import { OFFICIAL_DIALECT, type TickTickService } from './operations.ts';
import { Preference } from './preference/preference.ts';
import { Projects } from './projects/projects.ts';
import { Tags } from './tags/tags.ts';
import { KnownProjects } from './tasks/find-task.ts';
import { Tasks } from './tasks/tasks.ts';
import type { UnsafeNumbers } from './unsafe-numbers.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { kyWire } from './wire.ts';

/** TickTick, or its Chinese edition: accounts, apps and tokens of the two are separate. */
export type Region = 'ticktick' | 'dida365';

const BASE_URLS: Readonly<Record<Region, string>> = {
  ticktick: 'https://api.ticktick.com/open/v1',
  dida365: 'https://api.dida365.com/open/v1',
};

/** `auth` is required; everything else has a default. */
export interface TickTickClientOptions extends ServiceOptions {
  /** A personal API token (Settings, Account, API Token), or a source such as a `TokenManager`. */
  auth: string | AccessTokenSource;
  /** Default: `ticktick`. */
  region?: Region | undefined;
  /** `guide` speaks the wire format of the integration guide, for gateways: see `tickTickGateway`. Default: `official`. */
  dialect?: 'official' | 'guide' | undefined;
  /** With `/open/v1`. Default: the region's address. */
  baseUrl?: string | undefined;
  /** For gateways: reads the account, since the guide has no route for it. Its `fetch` takes paths behind the base URL. */
  identify?: Identify | undefined;
  /**
   * Called for a response with whole numbers beyond 2^53, which JavaScript can't hold exactly: TickTick's `sortOrder` and user ids
   * have 64 bits. What it throws is ignored.
   */
  onUnsafeNumber?: ((numbers: UnsafeNumbers) => void) | undefined;
  /** For gateways: routes that the guide doesn't have. */
  routes?: GatewayRoutes | undefined;
  /** Part of a `tickTickGateway`, for `OAuthClient`. The client has no use for it. */
  provider?: OAuthProvider | undefined;
}

/** Loaded with the first request: clients of TickTick itself don't need it. */
const loadedGuideWire: typeof kyWire = async (...request) => {
  const { guideWire } = await import('./guide/guide-wire.ts');
  return await guideWire(...request);
};

/** Loaded with the first response of a client whose host wants to know. */
function reporting(wire: typeof kyWire, report: (numbers: UnsafeNumbers) => void): typeof kyWire {
  return async (...request) => {
    const value = await wire(...request);
    const { reportUnsafe } = await import('./unsafe-numbers.ts');
    return reportUnsafe(value, request[0].name, report);
  };
}

/**
 * One user's TickTick. Methods throw {@link ReauthorizationRequiredError}, {@link MissingScopeError},
 * {@link NotFoundError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError} and {@link UnexpectedResponseError}. Every method takes {@link CallOptions}
 * as its last argument.
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
  readonly #service: TickTickService;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: TickTickClientOptions) {
    checkObject(options, 'options');
    const { region = 'ticktick', dialect: name = 'official', identify, routes } = options;
    if (typeof region !== 'string' || !Object.hasOwn(BASE_URLS, region))
      throw errors.misconfigured('region must be ticktick or dida365.');
    const isGuide = name === 'guide';
    if (!isGuide && name !== 'official') throw errors.misconfigured('dialect must be official or guide.');
    const dialect = isGuide ? guideDialect(routes) : OFFICIAL_DIALECT;
    const limits = options.limits ?? (isGuide ? GUIDE_LIMITS : TICKTICK_LIMITS);
    const wire = isGuide ? loadedGuideWire : kyWire;
    const { onUnsafeNumber } = options;
    const service: TickTickService = defineService(
      {
        name: SERVICE,
        baseUrl: options.baseUrl ?? BASE_URLS[region],
        operations: dialect.operations,
        missingOperation,
        limits,
        classify: isGuide ? guideClassifier(classifier(limits)) : classifier(limits),
        probe: { operation: 'account.probe', url: isGuide ? '/task' : '/project' },
        wire: onUnsafeNumber ? reporting(wire, onUnsafeNumber) : wire,
      },
      options,
      {
        region: 'string',
        dialect: 'string',
        baseUrl: 'string',
        identify: 'function',
        routes: { complete: 'string', delete: 'string' },
        provider: 'checked',
        onUnsafeNumber: 'function',
      },
    );
    const known = new KnownProjects();
    this.#service = service;
    this.tasks = new Tasks(service, dialect, known);
    this.projects = new Projects(service, known);
    this.groups = new Groups(service);
    this.columns = new Columns(service);
    this.tags = new Tags(service);
    this.comments = new Comments(service);
    this.focus = new Focuses(service);
    this.countdowns = new Countdowns(service);
    this.habits = new Habits(service);
    this.preference = new Preference(service);
    this.account = new Account(service, identify);
    this.changes = new ChangeFeed(service, dialect);
    this.webhooks = new Webhooks(service);
  }

  /**
   * Reaches any route of the API behind the base URL, with the token, limits, retries and errors of every method: rejects
   * for responses that are failures. Default for `safety`: what the HTTP method says.
   */
  async fetch(path: string, init?: RequestInit, options?: FetchRouteOptions): Promise<Response> {
    return await this.#service.fetch(path, init, options);
  }
}
