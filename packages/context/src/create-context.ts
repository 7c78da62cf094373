import { ConfigurationError } from '@context-sdk/oauth-core';
import {
  checkedCallOptions,
  checkObject,
  checkOptions,
  loadedOnce,
  type OptionTypes,
} from '@context-sdk/oauth-core/client-kit';
import { deadLetters, type DeadLetters } from './changes/events/dead-letters.ts';
import type { MaintenanceStep } from './changes/maintenance/maintain-job.ts';
import {
  checkStartOptions,
  type MaintenanceOptions,
  type RunningMaintenance,
  type StartOptions,
} from './changes/maintenance/maintenance-options.ts';
import type { MaintenanceReport } from './changes/maintenance/maintenance-report.ts';
import {
  checkIntervals,
  SUBSCRIPTION_OPTIONS,
  type SubscriptionOptions,
} from './changes/subscription-options.ts';
import type { SyncResult } from './changes/sync-state.ts';
import { type ContextOptions, resolveOptions } from './context-options.ts';
import type { Changes } from './create-changes.ts';
import type { DoctorOptions, DoctorReport } from './doctor/doctor.ts';
import { limitAnonymousSignIns } from './http/auth/anonymous-sign-ins.ts';
import { type ContextHandler, createHandler, type HandlerOptions } from './http/handler.ts';
import type { Route } from './http/route.ts';
import type { ToolActions } from './tools/actions/tool-actions.ts';
import { UserCache } from './users/user-cache.ts';
import { User } from './users/user.ts';
import { invalidInput } from './utils/input-checks.ts';

/** Access to all users' services. */
export interface Context {
  /**
   * One user, by the host's own id. Reads nothing yet. Throws {@link InvalidRequestError} for an id that is empty, or has
   * over 256 characters after URL encoding.
   */
  user(userId: string): User;
  /**
   * All routes that the services need, to mount in any framework: `/auth/{provider}/authorize`, `/callback`,
   * `/replace` and `/disconnect`, and `/webhooks/…`. For Express and `node:http`, see `toNodeListener`.
   */
  createHandler(options: HandlerOptions): ContextHandler;
  readonly subscriptions: {
    /**
     * Subscribes to changes in all services that a user has connected: by webhooks and push channels if services can reach
     * `baseUrl`, and otherwise by polling in {@link Context.runMaintenance}. Returns what was done per service, with the
     * error of a service that failed. Safe to repeat, from any process. Throws {@link StoreError}.
     */
    ensure(userId: string, options?: SubscriptionOptions): Promise<SyncResult[]>;
  };
  /**
   * Maintains all connections of all users: opens subscriptions, renews them before they expire, and polls services
   * without them, which also keeps refresh tokens alive. Call it from any scheduler on any number of machines, for example
   * every minute. It claims what is due in the store's schedule, so machines share the work; where nothing is due, it takes two
   * operations of the store. Events go to `onEvent`, and those that it failed to handle are told again. A service that is down
   * or hangs keeps no other waiting. Throws {@link StoreError} and the signal's reason. Failures of single connections are in
   * the report. A pass that always finds more ends after a minute.
   */
  runMaintenance(options?: MaintenanceOptions): Promise<MaintenanceReport>;
  /** Does the same whenever something is due, until it is stopped. Throws {@link InvalidRequestError} for invalid options. */
  startMaintenance(options?: StartOptions): RunningMaintenance;
  /**
   * One step of it, for a host whose own queue decides when: does what is due for a job that was planned in `schedule`, never
   * waits for another process, and tells when the job is due again. Plan the job `walk` once: it finds what was never planned.
   * Throws {@link InvalidRequestError}, {@link StoreError} and the signal's reason.
   */
  maintain(job: string, options?: SubscriptionOptions): Promise<MaintenanceStep>;
  /**
   * Reads all records once, and lists those that are corrupt, undecryptable or orphaned. With `mend`, deletes what is corrupt
   * or orphaned and revokes orphaned tokens. For a schedule or a console, not for requests. Throws {@link StoreError}.
   */
  doctor(options?: DoctorOptions): Promise<DoctorReport>;
  /** The events that `onEvent` failed to handle `maxAttempts` times. */
  readonly deadLetters: DeadLetters;
  /** What assistants did with `contextTools`, and what waits for a person. */
  readonly actions: ToolActions;
}

const HANDLER_OPTIONS: OptionTypes<HandlerOptions> = { getUserId: 'function', onError: 'function' };

/** Creates a context. Throws {@link ConfigurationError} that names the missing or invalid option. */
export function createContext(contextOptions: ContextOptions): Context {
  const options = resolveOptions(contextOptions);
  const { onEvent, onDeadLetter, maxAttempts = 20 } = contextOptions;
  const { onConnected, onReplace = () => 'ask' } = contextOptions;
  const createUser = (userId: string): User => new User(options, subscriptions, userId);
  const users = new UserCache(createUser);
  const changes = loadedOnce(async (): Promise<Changes> => {
    const { createChanges } = await import('./create-changes.ts');
    const handlers = { onEvent, onDeadLetter, maxAttempts };
    return createChanges({ options, handlers, users, createUser });
  });
  const subscriptions = async (): Promise<Changes['subscriptions']> => (await changes()).subscriptions;
  const maintenance = async (): Promise<Changes['maintenance']> => (await changes()).maintenance;
  const webhooks: Route = async (...received) => await (await changes()).webhooks(...received);
  const anonymousSignIns = limitAnonymousSignIns(options.requests.rateLimiter);
  return {
    user: (userId) => users.get(userId),
    createHandler(handlerOptions) {
      checkHandlerOptions(handlerOptions);
      const { getUserId, onError } = handlerOptions;
      const parts = { options, users, getUserId, onConnected, onReplace, anonymousSignIns };
      const routes = loadedOnce(async (): Promise<Route> => {
        const { authRoutes } = await import('./http/auth/auth-routes.ts');
        return authRoutes(parts);
      });
      const auth: Route = async (...received) => await (await routes())(...received);
      return createHandler(options, { auth, webhooks }, onError);
    },
    subscriptions: {
      async ensure(userId, subscriptionOptions) {
        const { signal } = checkedCallOptions(subscriptionOptions, 'context', SUBSCRIPTION_OPTIONS);
        checkOptions(subscriptionOptions, SUBSCRIPTION_OPTIONS, invalidInput);
        checkIntervals(subscriptionOptions);
        const request = { ...subscriptionOptions, signal, isRequested: true };
        const user = users.get(userId);
        const connected = (await user.connections.list()).filter(
          ({ reason }) => reason !== 'never-connected',
        );
        const changeSubscriptions = await subscriptions();
        const results = connected.map(({ provider }) => changeSubscriptions.sync(user, provider, request));
        return (await Promise.all(results)).flat();
      },
    },
    runMaintenance: async (maintenanceOptions) => await (await maintenance()).runOnce(maintenanceOptions),
    startMaintenance(startOptions) {
      checkStartOptions(startOptions);
      const running = maintenance().then((loaded) => loaded.start(startOptions));
      return { stop: async () => await (await running).stop() };
    },
    maintain: async (job, stepOptions) => await (await maintenance()).step(job, stepOptions),
    async doctor(doctorOptions) {
      const { examine } = await import('./doctor/doctor.ts');
      return await examine({ options, connectionsOf: (id) => users.get(id).connections }, doctorOptions);
    },
    deadLetters: deadLetters(options, onEvent),
    actions: actionsOf((userId) => users.get(userId)),
  };
}

/** The actions of tools, loaded with the first call. */
function actionsOf(userOf: (userId: string) => User): ToolActions {
  const load = async (): Promise<ToolActions> => {
    const { toolActions } = await import('./tools/actions/tool-actions.ts');
    return toolActions(userOf);
  };
  return {
    list: async (userId) => (await load()).list(userId),
    undo: async (userId, actionId) => (await load()).undo(userId, actionId),
    pending: async (userId) => (await load()).pending(userId),
    approve: async (userId, token, options) => (await load()).approve(userId, token, options),
    reject: async (userId, token) => (await load()).reject(userId, token),
  };
}

function checkHandlerOptions(options: HandlerOptions): void {
  checkObject(options, 'options');
  checkOptions(options, HANDLER_OPTIONS);
  if (options.getUserId !== undefined && options.getUserId !== null) return;
  throw new ConfigurationError(
    "getUserId is missing: it returns the id of the user of your own session, browserSessions' for example.",
  );
}
