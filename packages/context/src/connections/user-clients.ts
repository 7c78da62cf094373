import type { AdoClient } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace/clients';
import {
  type AccessTokenSource,
  ConfigurationError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import { raceAbort } from '@context-sdk/oauth-core/client-kit';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { notConfigured, type ProviderId } from '../options/provider-id.ts';
import type { Providers } from '../options/provider-options.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { organizationAuth } from './organization-auth.ts';
import type { UserCredentials } from './user-credentials.ts';

/** The clients of one user, created on first use. */
export class UserClients {
  /** The host's id of the user. */
  readonly id: string;
  readonly #options: ResolvedOptions;
  readonly #credentials: UserCredentials;
  #ticktick: TickTickClient | undefined;
  #googleClients: ReturnType<typeof googleClients> | undefined;
  #once: UserClients | undefined;
  #azureDevOps: { organizationUrl: string; account: string; client: AdoClient } | undefined;

  constructor(options: ResolvedOptions, id: string, credentials: UserCredentials) {
    this.id = id;
    this.#options = options;
    this.#credentials = credentials;
  }

  /** Reads a user's credentials from the store again on next use: another process may have stored others. */
  static readAgain(clients: UserClients, provider: ProviderId): void {
    clients.#credentials.auth(provider).invalidate();
  }

  /**
   * The grant that requests to a provider are sent with now. Calls that belong together are pinned to it, so that none of them is sent
   * with the next account's. `undefined` if its tokens don't say. Throws {@link ReauthorizationRequiredError}, {@link StoreError}, and
   * the signal's reason.
   */
  static async grantIdAt(
    clients: UserClients,
    provider: ProviderId,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const credential = clients.#credentials.auth(provider).getCredential({ signal });
    return (await raceAbort(credential, signal)).grantId;
  }

  /** Clients of the same user whose requests are never repeated. */
  static once(clients: UserClients): UserClients {
    const { requests, ...options } = clients.#options;
    const retry = { ...requests.retry, attempts: 1 };
    clients.#once ??= new UserClients(
      { ...options, requests: { ...requests, retry } },
      clients.id,
      clients.#credentials,
    );
    return clients.#once;
  }

  /** What the context was created with, for sub-paths that work for a user. */
  static optionsOf(clients: UserClients): ResolvedOptions {
    return clients.#options;
  }

  /** Throws {@link ConfigurationError} if the context has no `providers.ticktick`. */
  get ticktick(): TickTickClient {
    return (this.#ticktick ??= tickTickClient(this.#options, this.#credentials.auth('ticktick')));
  }

  /** Throws {@link ConfigurationError} if the context has no `providers.google`. */
  get calendar(): GoogleCalendarClient {
    return this.#google.calendar;
  }

  /** Throws {@link ConfigurationError} if the context has no `providers.google`. */
  get gmail(): GmailClient {
    return this.#google.gmail;
  }

  /**
   * The client for the organization that the user connected, or else for the host's own. Reads the connection from the
   * store at most every 30 s. Throws {@link ConfigurationError} if the context has no `providers.azureDevOps` or no
   * organization is known, {@link ReauthorizationRequiredError} if the user has to connect first, and {@link StoreError}.
   */
  async azureDevOps(): Promise<AdoClient> {
    const defaults = configured(this.#options, 'azureDevOps');
    const auth = this.#credentials.auth('azure-devops');
    const record = await auth.record();
    const organizationUrl = record?.organizationUrl ?? defaults.organizationUrl;
    if (organizationUrl === undefined) throw noOrganization(record !== undefined);
    const { account } = auth;
    if (this.#azureDevOps?.organizationUrl !== organizationUrl || this.#azureDevOps.account !== account) {
      const pinned = organizationAuth(auth, organizationUrl, defaults.organizationUrl);
      const client = await azureDevOpsClient(this.#options, pinned, organizationUrl);
      this.#azureDevOps = { organizationUrl, account, client };
    }
    return this.#azureDevOps.client;
  }

  get #google(): ReturnType<typeof googleClients> {
    return (this.#googleClients ??= googleClients(this.#options, this.#credentials.auth('google')));
  }
}

/** A TickTick client as the host configured it. */
export function tickTickClient(options: ResolvedOptions, auth: AccessTokenSource): TickTickClient {
  const {
    region,
    dialect,
    baseUrl,
    limits,
    routes,
    provider,
    identify = provider?.identify,
  } = configured(options, 'ticktick');
  const service = { region, dialect, baseUrl, limits, routes, identify };
  return new TickTickClient({ ...options.requests, ...service, auth });
}

/** An Azure DevOps client as the host configured it. Its package is loaded with the first one. */
export async function azureDevOpsClient(
  options: ResolvedOptions,
  auth: AccessTokenSource,
  organizationUrl: string,
): Promise<AdoClient> {
  const { allowedHosts, allowHttp } = configured(options, 'azureDevOps');
  const [azureDevOps, { hostProject }] = await Promise.all([
    import('@context-sdk/ado-client'),
    import('./host-project.ts'),
  ]);
  const project = await hostProject(options.providers, organizationUrl);
  const service = { organizationUrl, project, allowedHosts, allowHttp };
  return new azureDevOps.AdoClient({ ...options.requests, ...service, auth });
}

/** Clients of Google's two services as the host configured them. */
export function googleClients(
  options: ResolvedOptions,
  auth: AccessTokenSource,
): { calendar: GoogleCalendarClient; gmail: GmailClient } {
  const { calendarUrl, gmailUrl, library } = configured(options, 'google');
  const common = { ...options.requests, auth, library };
  return {
    calendar: new GoogleCalendarClient({ ...common, baseUrl: calendarUrl }),
    gmail: new GmailClient({ ...common, baseUrl: gmailUrl }),
  };
}

function configured<Name extends keyof Providers>(
  { providers }: ResolvedOptions,
  name: Name,
): NonNullable<Providers[Name]> {
  const options = providers[name];
  if (options === undefined) throw notConfigured(name);
  return options;
}

function noOrganization(isConnected: boolean): ConfigurationError | ReauthorizationRequiredError {
  const options = { service: 'azure-devops' };
  if (!isConnected) return new ReauthorizationRequiredError('never-connected', options);
  return new ConfigurationError(
    'No organizationUrl is known: set providers.azureDevOps.organizationUrl, or let the user connect with one.',
    options,
  );
}
