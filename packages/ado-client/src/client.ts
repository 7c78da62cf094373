import type { AccessTokenSource, Hooks, RateLimit, RateLimiter, RetryOptions } from '@context-sdk/oauth-core';
import {
  checkObject,
  defineService,
  type FetchRouteOptions,
  HOOKS,
} from '@context-sdk/oauth-core/client-kit';
import { Artifacts } from './artifacts/artifacts.ts';
import { Attachments } from './attachments/attachments.ts';
import { createPipelineWithAuthHint } from './auth-hint.ts';
import { Boards } from './boards/boards.ts';
import { Classification } from './classification/classification.ts';
import type { NewArea } from './classification/create-node.ts';
import { classifier, notHere, PROBE, type Refusal } from './classifier.ts';
import { WorkItemComments } from './comments/comments.ts';
import { misconfigured, SERVICE } from './errors.ts';
import { History } from './history/history.ts';
import { Identities } from './identities/identities.ts';
import { checkedName } from './input.ts';
import { ADO_LIMITS, type AdoRateLimit, RateLimitWatch, scopeLimitsToOrganization } from './limits.ts';
import { OPERATIONS } from './operations.ts';
import { normalizeOrganizationUrl } from './organization-url.ts';
import { TeamProjects } from './projects/projects.ts';
import { Relations } from './relations/relations.ts';
import { Reporting } from './reporting/reporting.ts';
import { SavedQueries } from './saved-queries/saved-queries.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';
import { WorkItemTags } from './tags/tags.ts';
import { Iterations } from './teams/iterations.ts';
import { Teams } from './teams/teams.ts';
import { Templates } from './templates/templates.ts';
import { FieldDefinitions } from './types/field-definitions.ts';
import { Types } from './types/types.ts';
import { type AdoContext, adoWire, identityOrigins } from './wire.ts';
import { WorkItems } from './work-items/work-items.ts';

/** Called as things happen. What a hook throws is ignored. */
export interface AdoHooks extends Hooks {
  /** For every response that tells about Azure DevOps' limits. */
  onRateLimitHeaders?(rateLimit: AdoRateLimit): void;
}

/** What a client needs (`organizationUrl`, `auth`), and what can be changed. */
export interface AdoClientOptions {
  /** `https://dev.azure.com/acme`, or its old spelling `https://acme.visualstudio.com`. */
  organizationUrl: string;
  /** Name or id, for the calls that need a project and name none. */
  project?: string | undefined;
  /** `personalAccessToken(…)`, a `TokenManager`, `clientCredentials(…)`, or your own source. */
  auth: AccessTokenSource;
  /** Hosts besides Azure DevOps' own that credentials may go to: a server of yours, a proxy, a test. */
  allowedHosts?: readonly string[] | undefined;
  /** Sends credentials over plain http to the hosts in `allowedHosts`: for an intranet without TLS. Default: false. */
  allowHttp?: boolean | undefined;
  /** The highest api-version to use, such as `7.0`. Default: the newest that client and server both know. */
  apiVersion?: string | undefined;
  /** Default: one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** Requests per user. Default: {@link ADO_LIMITS}. */
  limits?: readonly RateLimit[] | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire. Default: 60,000, since Azure DevOps may hold one back for 30,000. */
  timeoutMs?: number | undefined;
  /** Bytes of a response at most, attachments excepted. Default: 64 MiB. */
  maxResponseBytes?: number | undefined;
  /** Milliseconds that a call waits for the rate limiter unless it says otherwise. Default: as long as it takes. */
  maxWaitMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: AdoHooks | undefined;
}

/** Azure DevOps holds requests back for up to 30 s before it refuses any (docs/facts/azure-devops.md#rate-limits). */
const TIMEOUT_MS = 60_000;

function checkedAuth(auth: AccessTokenSource): AccessTokenSource {
  if (typeof auth === 'object' && typeof auth?.getAccessToken === 'function') return auth;
  throw misconfigured(
    'auth must be personalAccessToken(…) or a source of access tokens, never a bare text: both kinds look alike.',
  );
}

/**
 * One user's work in one organization. `Custom` types the organization's own fields. Methods throw the errors of
 * `@context-sdk/oauth-core`: {@link ReauthorizationRequiredError}, {@link NotFoundError}, {@link PermissionError},
 * {@link ConflictError}, {@link InvalidRequestError}, {@link RateLimitError}, {@link ServiceUnavailableError},
 * {@link NetworkError}, {@link TimeoutError}, {@link UnexpectedResponseError}. Every method takes {@link CallOptions} last.
 */
export class AdoClient<Custom extends object = object> {
  /** In one spelling, without a slash at its end. */
  readonly organizationUrl: string;
  readonly workItems: WorkItems<Custom>;
  readonly comments: WorkItemComments;
  readonly relations: Relations;
  readonly attachments: Attachments;
  readonly history: History;
  readonly types: Types;
  readonly fields: FieldDefinitions;
  readonly projects: TeamProjects;
  readonly identities: Identities;
  readonly tags: WorkItemTags;
  readonly areas: Classification<NewArea>;
  readonly iterations: Iterations;
  readonly teams: Teams;
  readonly savedQueries: SavedQueries;
  readonly boards: Boards;
  readonly templates: Templates;
  readonly reporting: Reporting;
  readonly artifacts: Artifacts;
  readonly subscriptions: Subscriptions;
  readonly #service: AdoContext['service'];
  readonly #watch: RateLimitWatch;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: AdoClientOptions) {
    checkObject(options, 'options');
    const auth = checkedAuth(options.auth);
    const organizationUrl = normalizeOrganizationUrl(
      options.organizationUrl,
      options.allowedHosts,
      options.allowHttp,
    );
    const { project } = options;
    if (project !== undefined) checkedName(project, 'project');
    this.organizationUrl = organizationUrl;
    const { hooks } = options;
    this.#watch = new RateLimitWatch({
      onChange: (rateLimit) => hooks?.onRateLimitHeaders?.(rateLimit),
      hooks,
      host: new URL(organizationUrl).host,
    });
    let latestRefusal: Refusal | undefined;
    this.#service = defineService(
      {
        name: SERVICE,
        baseUrl: organizationUrl,
        allowHttp: options.allowHttp,
        origins: identityOrigins(organizationUrl),
        operations: OPERATIONS,
        limits: ADO_LIMITS,
        timeoutMs: TIMEOUT_MS,
        classify: classifier(this.#watch, (refusal) => (latestRefusal = refusal)),
        wire: adoWire(organizationUrl, options.apiVersion),
        // Reads may leave out the api-version, so every server knows this one.
        probe: { operation: PROBE, url: '/_apis/connectionData', errorFor: notHere },
        requestIdHeaders: ['activityid', 'x-vss-e2eid'],
        pipeline: (parts) => createPipelineWithAuthHint(parts, () => latestRefusal),
      },
      { ...options, auth: scopeLimitsToOrganization(auth, organizationUrl) },
      {
        organizationUrl: 'string',
        project: 'string',
        allowedHosts: 'list',
        allowHttp: 'boolean',
        apiVersion: 'string',
        hooks: { ...HOOKS, onRateLimitHeaders: 'function' },
      },
    );
    const context: AdoContext = {
      service: this.#service,
      organizationUrl,
      project,
      fieldFormats: new Map(),
    };
    this.workItems = new WorkItems(context);
    this.comments = new WorkItemComments(context);
    this.relations = new Relations(context);
    this.attachments = new Attachments(context);
    this.history = new History(context);
    this.types = new Types(context);
    this.fields = new FieldDefinitions(context);
    this.projects = new TeamProjects(context);
    this.identities = new Identities(context);
    this.tags = new WorkItemTags(context);
    this.areas = new Classification(context, 'areas');
    this.iterations = new Iterations(context);
    this.teams = new Teams(context);
    this.savedQueries = new SavedQueries(context);
    this.boards = new Boards(context);
    this.templates = new Templates(context);
    this.reporting = new Reporting(context);
    this.artifacts = new Artifacts(context);
    this.subscriptions = new Subscriptions(context);
  }

  /** Where this user stands with Azure DevOps' limits; undefined until an answer told, which far from them none does. */
  get rateLimit(): AdoRateLimit | undefined {
    return this.#watch.latest;
  }

  /**
   * Reaches any route of the organization, `api-version` included in `path`, with the token, limits, retries and errors
   * of every method: responses that are failures reject. `safety` follows from the HTTP method unless it is given.
   */
  async fetch(path: string, init?: RequestInit, options?: FetchRouteOptions): Promise<Response> {
    return await this.#service.fetch(path, init, options);
  }
}
