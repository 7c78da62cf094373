import {
  ConfigurationError,
  type Hooks,
  type RateLimiter,
  type RecordStore,
  type RetryOptions,
  type Schedule,
} from '@context-sdk/oauth-core';
import {
  checkObject,
  checkOptions,
  HOOKS,
  isLoopback,
  type OptionTypes,
  RETRY_OPTIONS,
} from '@context-sdk/oauth-core/client-kit';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import type { OnEvent } from './changes/context-event.ts';
import type { OnDeadLetter } from './changes/events/dead-letters.ts';
import type { OnConnected } from './http/auth/on-connected.ts';
import type { OnReplace } from './http/auth/on-replace.ts';
import { auditTo, type OnAudit } from './options/audit.ts';
import { checkLinksOptions } from './options/check-links-options.ts';
import { checkedBasePath, checkedOrigins, checkedUrl, isPublicUrl } from './options/host-urls.ts';
import { JobPlanner } from './options/job-planner.ts';
import type { LinksOptions } from './options/links-options.ts';
import { oauthClients } from './options/oauth-clients.ts';
import { configuredProviders } from './options/provider-id.ts';
import { PROVIDERS } from './options/provider-option-types.ts';
import type { Providers } from './options/provider-options.ts';
import type { ResolvedOptions } from './options/resolved-options.ts';
import { contextRevocations } from './options/revocations.ts';
import { warnOfUnencryptedStore } from './options/unencrypted-store.ts';
import { watchingClock } from './options/watch-clock.ts';
import type { OnTaskChange } from './time-blocks/time-block.ts';

/** Options of a context. `store`, `providers` and `baseUrl` are required. */
export interface ContextOptions {
  /** Stores everything: `sqliteStore`, `redisStore`, `postgresStore`, or your own. Wrap it in `encryptedStore`. */
  store: RecordStore;
  /**
   * When maintenance is due. Default: the store's own, which all but `fileStore` have; without one, maintenance looks at every
   * connection each time. Your own may be a queue that calls {@link Context.maintain}.
   */
  schedule?: Schedule | undefined;
  /**
   * Whether `store` may hold tokens as they are, because the database or its disk is encrypted. Without it, a production process
   * (`NODE_ENV`) with a store that is not an `encryptedStore` warns once. Default: false.
   */
  allowUnencryptedStore?: boolean | undefined;
  /** The services that your users may connect. */
  providers: Providers;
  /** The host's public URL: `https://your-domain.com`. http is allowed for localhost only. */
  baseUrl: string;
  /** Where the handler is mounted below `baseUrl`, such as `/api`. Default: the root. */
  basePath?: string | undefined;
  /** Where users go after a sign-in. Default: `baseUrl`. */
  frontendUrl?: string | undefined;
  /** Origins that a `returnTo` may have, in addition to those of `frontendUrl` and `baseUrl`. */
  allowedReturnTo?: readonly string[] | undefined;
  /** Origins whose pages may send POST requests to the handler, in addition to those of `frontendUrl` and `baseUrl`. */
  trustedOrigins?: readonly string[] | undefined;
  /** Finds or creates the host's user when someone grants access. Without it, only signed-in users can connect. */
  onConnected?: OnConnected | undefined;
  /**
   * Decides what happens if a user signs in with another account, or for another organization, than the connected one.
   * Default: `ask`, which shows the user a page with the choice.
   */
  onReplace?: OnReplace | undefined;
  /** Receives all events, each on its own. An event is told again if this rejects or takes over 8 s. */
  onEvent?: OnEvent | undefined;
  /** Receives events that `onEvent` failed to handle `maxAttempts` times. `context.deadLetters` replays them. */
  onDeadLetter?: OnDeadLetter | undefined;
  /**
   * Receives what happens to the access that users have given, for an audit log: connected, replaced, scopes changed, revoked,
   * tokens rejected, deliveries refused, forgotten. Without tokens and secrets. What it throws is ignored.
   */
  onAudit?: OnAudit | undefined;
  /**
   * What a change of a task means for the time that is blocked for it, unless the call that blocked it says otherwise. Default:
   * `follow`.
   */
  onTaskChange?: OnTaskChange | undefined;
  /** What links of tasks with their blocks, work items and drafts do. Default: `create: 'on-request'`, the rules' defaults. */
  links?: LinksOptions | undefined;
  /** Tries per event, with growing delays, before it becomes a dead letter. Default: 20, within about half a day. */
  maxAttempts?: number | undefined;
  /**
   * Whether services can deliver to `baseUrl`. If not, changes are found by polling. Default: true for an https URL that
   * is neither this machine nor a private network.
   */
  push?: boolean | undefined;
  /** Default: in memory. Use `redisRateLimiter` for several processes. */
  rateLimiter?: RateLimiter | undefined;
  retry?: RetryOptions | undefined;
  /**
   * The longest pause in milliseconds that calls wait for if a service asks for one. A longer one ends the call at once, with the
   * service's error. Default: 60,000.
   */
  maxPauseMs?: number | undefined;
  /** Milliseconds per request attempt. Default: each client's own. */
  timeoutMs?: number | undefined;
  /** Milliseconds that calls wait for the rate limiter unless they say otherwise. Default: as long as it takes. */
  maxWaitMs?: number | undefined;
  /** Used for all requests to services. Default: the global `fetch`. */
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

const OPTIONS: OptionTypes<ContextOptions> = {
  store: 'object',
  schedule: 'object',
  allowUnencryptedStore: 'boolean',
  providers: PROVIDERS,
  baseUrl: 'string',
  basePath: 'string',
  frontendUrl: 'string',
  allowedReturnTo: 'list',
  trustedOrigins: 'list',
  onConnected: 'function',
  onReplace: 'function',
  onEvent: 'function',
  onDeadLetter: 'function',
  onAudit: 'function',
  onTaskChange: 'string',
  links: 'checked',
  maxAttempts: 'number',
  push: 'boolean',
  rateLimiter: 'object',
  retry: RETRY_OPTIONS,
  maxPauseMs: 'number',
  timeoutMs: 'number',
  maxWaitMs: 'number',
  fetch: 'function',
  hooks: HOOKS,
};

/** Checks the options and fills in defaults. Throws {@link ConfigurationError} that names the invalid option. */
export function resolveOptions(options: ContextOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { providers, allowedReturnTo = [], trustedOrigins = [] } = options;
  checkStore(options.store);
  const store = soundStore(options.store);
  const jobs = new JobPlanner(checkedSchedule(options.schedule ?? store.schedule?.()));
  checkProviders(providers);
  const baseUrl = checkedUrl('baseUrl', options.baseUrl).href.replace(/\/+$/, '');
  const basePath = checkedBasePath(options.basePath);
  checkMaxAttempts(options.maxAttempts);
  checkMaxPause(options.maxPauseMs);
  checkLinksOptions(options.links);
  const {
    push = isPublicUrl(baseUrl),
    rateLimiter,
    retry,
    maxPauseMs,
    timeoutMs,
    maxWaitMs,
    hooks,
  } = options;
  const fetch = watchingClock(options.fetch ?? undefined, hooks);
  const oauth = oauthClients({
    providers,
    callbackUrl: (provider) => `${baseUrl}${basePath}/auth/${provider}/callback`,
    fetch,
  });
  warnOfUnencryptedStore(options.store, options.allowUnencryptedStore ?? false);
  const audit = auditTo(options.onAudit);
  const resolved: ResolvedOptions = {
    store,
    providers,
    oauth,
    baseUrl,
    basePath,
    frontendUrl: checkedUrl('frontendUrl', options.frontendUrl ?? options.baseUrl).href,
    allowedReturnTo: checkedOrigins('allowedReturnTo', allowedReturnTo ?? []),
    trustedOrigins: checkedOrigins('trustedOrigins', trustedOrigins ?? []),
    push,
    pushesLocally: options.push !== false && isLoopback(new URL(baseUrl)),
    onTaskChange: checkedOnTaskChange(options.onTaskChange),
    links: options.links ?? {},
    audit,
    revocations: contextRevocations({
      store,
      oauth,
      audit,
      jobs,
      async around(grant, revoke) {
        const { revokeAfterPushes } = await import('./changes/ending-pushes.ts');
        return await revokeAfterPushes(resolved, grant, revoke);
      },
    }),
    jobs,
    requests: { rateLimiter, retry, maxPauseMs, timeoutMs, maxWaitMs, fetch, hooks },
  };
  return resolved;
}

function checkStore(store: unknown): void {
  const way = 'memoryStore(), sqliteStore(…), redisStore(…), postgresStore(…), or a RecordStore of your own';
  if (store === undefined || store === null) throw new ConfigurationError(`store is missing: pass ${way}.`);
  if (typeof (store as Partial<RecordStore>).compareAndSet === 'function') return;
  throw new ConfigurationError(`store must be a RecordStore: ${way}.`);
}

function checkedSchedule(schedule: Schedule | undefined): Schedule | undefined {
  if (schedule === undefined || typeof schedule.plan === 'function') return schedule;
  throw new ConfigurationError('schedule is not a Schedule.');
}

function checkMaxAttempts(maxAttempts: unknown): void {
  const isCount = typeof maxAttempts === 'number' && Number.isSafeInteger(maxAttempts) && maxAttempts >= 1;
  if (maxAttempts === undefined || isCount) return;
  throw new ConfigurationError('maxAttempts must be a whole number of 1 or more.');
}

function checkedOnTaskChange(value: OnTaskChange = 'follow'): OnTaskChange {
  if (['follow', 'ask', 'leave'].includes(value)) return value;
  throw new ConfigurationError('onTaskChange must be one of follow, ask, leave.');
}

function checkMaxPause(maxPauseMs: unknown): void {
  if (maxPauseMs === undefined || (typeof maxPauseMs === 'number' && maxPauseMs >= 0)) return;
  throw new ConfigurationError('maxPauseMs must be 0 or more.');
}

function checkProviders(providers: Providers): void {
  if (providers === undefined || providers === null) {
    throw new ConfigurationError('providers must be an object: configure ticktick, google or azureDevOps.');
  }
  if (configuredProviders(providers).length === 0) {
    throw new ConfigurationError('providers is empty: configure ticktick, google or azureDevOps.');
  }
  if (providers.google && !providers.google.clientId) {
    throw new ConfigurationError('providers.google.clientId is missing.');
  }
  const { shared, token } = providers.azureDevOps ?? {};
  if (shared && !token) {
    throw new ConfigurationError('providers.azureDevOps.shared needs providers.azureDevOps.token.');
  }
}
