import {
  type AccessTokenSource,
  ConfigurationError,
  createPipeline,
  fetchRoute,
  type FetchRouteOptions,
  type Pipeline,
} from '@context-sdk/oauth-core';
import { Attachments } from '../attachments/attachments.ts';
import { Comments } from '../comments/comments.ts';
import { History } from '../history/history.ts';
import { checkedName } from '../input/checked-name.ts';
import { Projects } from '../projects/projects.ts';
import { Relations } from '../relations/relations.ts';
import { classifier } from '../requests/classify.ts';
import { explainingRefusals } from '../requests/explain-refusal.ts';
import { limitsOfOneOrganization } from '../requests/limits-of-one-organization.ts';
import { type AdoRateLimit, RateLimitWatch } from '../requests/rate-limit-watch.ts';
import { Transport } from '../requests/transport.ts';
import { Subscriptions } from '../service-hooks/subscriptions.ts';
import { FieldDefinitions } from '../types/field-definitions.ts';
import { Types } from '../types/types.ts';
import { WorkItemRoutes } from '../work-items/work-item-routes.ts';
import { WorkItems } from '../work-items/work-items.ts';
import type { AdoClientOptions } from './ado-client-options.ts';
import { checkedOrganizationUrl } from './organization-url.ts';

/** Azure DevOps holds requests back for up to 30 s before it refuses any (docs/facts/azure-devops.md#rate-limits). */
const TIMEOUT_MS = 60_000;

function checkedAuth(auth: AccessTokenSource): AccessTokenSource {
  if (typeof auth === 'object' && typeof auth?.getAccessToken === 'function') return auth;
  throw new ConfigurationError(
    'auth must be personalAccessToken(…) or a source of access tokens, never a bare text: both kinds look alike.',
    { service: 'azure-devops' },
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
  readonly comments: Comments;
  readonly relations: Relations;
  readonly attachments: Attachments;
  readonly history: History;
  readonly types: Types;
  readonly fields: FieldDefinitions;
  readonly projects: Projects;
  readonly subscriptions: Subscriptions;
  readonly #pipeline: Pipeline;
  readonly #watch: RateLimitWatch;

  /** Throws {@link ConfigurationError} naming the option that can't work. */
  constructor(options: AdoClientOptions) {
    const { project, allowedHosts = [], limits = [], timeoutMs = TIMEOUT_MS } = options;
    const auth = checkedAuth(options.auth);
    const url = checkedOrganizationUrl(options.organizationUrl, allowedHosts);
    if (project !== undefined) checkedName(project, 'project');
    this.organizationUrl = url;
    this.#watch = new RateLimitWatch((rateLimit) => options.hooks?.onRateLimitHeaders?.(rateLimit));
    const pipeline = createPipeline({
      ...options,
      service: 'azure-devops',
      auth: limitsOfOneOrganization(auth, url),
      origins: [new URL(url).origin],
      limits,
      timeoutMs,
      classify: classifier(this.#watch),
      requestIdHeaders: ['activityid', 'x-vss-e2eid'],
    });
    this.#pipeline = explainingRefusals(pipeline, auth);
    const transport = new Transport(this.#pipeline, url);
    const routes = new WorkItemRoutes(transport);
    this.workItems = new WorkItems(routes, project);
    this.comments = new Comments(transport, project);
    this.relations = new Relations(routes);
    this.attachments = new Attachments(routes);
    this.history = new History(transport);
    this.types = new Types(transport, project);
    this.fields = new FieldDefinitions(transport);
    this.projects = new Projects(transport);
    this.subscriptions = new Subscriptions(transport, this.projects, project);
  }

  /** Where this user stands with Azure DevOps' limits; undefined until an answer told, which far from them none does. */
  get rateLimit(): AdoRateLimit | undefined {
    return this.#watch.latest;
  }

  /**
   * Reaches any route of the organization, `api-version` included in `path`, with token, limits, retries and errors as
   * every method has them: answers that are failures reject. `safety` is taken from the HTTP method unless given.
   */
  async fetch(path: string, init: RequestInit = {}, options: FetchRouteOptions = {}): Promise<Response> {
    const route = { pipeline: this.#pipeline, baseUrl: this.organizationUrl, service: 'azure-devops' };
    return await fetchRoute(route, path, init, options);
  }
}
