import { AdoClient } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { ConfigurationError, ReauthorizationRequiredError, TokenManager } from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { ConnectionAuth } from './connection-auth.ts';
import { organizationAuth } from './organization-auth.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { keys } from '../records/keys.ts';
import type { Setup } from '../options/resolved-options.ts';

function given<T>(options: T | undefined, name: string): T {
  if (options !== undefined) return options;
  throw new ConfigurationError(`providers.${name} is not given: this context does not work with it.`);
}

/** The clients of one user, made on first use, and the credentials that they share. */
export class UserClients {
  readonly #setup: Setup;
  readonly #userId: string;
  readonly #auth = new Map<ProviderId, ConnectionAuth>();
  #ticktick: TickTickClient | undefined;
  #calendar: GoogleCalendarClient | undefined;
  #gmail: GmailClient | undefined;
  #azureDevOps: { organizationUrl: string; account: string; client: AdoClient } | undefined;

  constructor(setup: Setup, userId: string) {
    this.#setup = setup;
    this.#userId = userId;
  }

  get ticktick(): TickTickClient {
    const { region, dialect, baseUrl, limits } = given(this.#setup.providers.ticktick, 'ticktick');
    const auth = this.auth('ticktick');
    return (this.#ticktick ??= new TickTickClient({
      ...this.#setup.requests,
      auth,
      region,
      dialect,
      baseUrl,
      limits,
    }));
  }

  get calendar(): GoogleCalendarClient {
    const { calendarUrl: baseUrl, library } = given(this.#setup.providers.google, 'google');
    const auth = this.auth('google');
    return (this.#calendar ??= new GoogleCalendarClient({ ...this.#setup.requests, auth, baseUrl, library }));
  }

  get gmail(): GmailClient {
    const { gmailUrl: baseUrl, library } = given(this.#setup.providers.google, 'google');
    const auth = this.auth('google');
    return (this.#gmail ??= new GmailClient({ ...this.#setup.requests, auth, baseUrl, library }));
  }

  async azureDevOps(): Promise<AdoClient> {
    const { project, allowedHosts, ...options } = given(this.#setup.providers.azureDevOps, 'azureDevOps');
    const auth = this.auth('azure-devops');
    const record = await auth.record();
    const organizationUrl = record?.organizationUrl ?? options.organizationUrl;
    if (organizationUrl === undefined) {
      if (record === undefined) {
        throw new ReauthorizationRequiredError('never-connected', { service: 'azure-devops' });
      }
      throw new ConfigurationError(
        'Neither the connection nor providers.azureDevOps names an organizationUrl.',
        {
          service: 'azure-devops',
        },
      );
    }
    const { account } = auth;
    if (this.#azureDevOps?.organizationUrl !== organizationUrl || this.#azureDevOps.account !== account) {
      const client = new AdoClient({
        ...this.#setup.requests,
        organizationUrl,
        project,
        auth: organizationAuth(auth, organizationUrl, record?.organizationUrl === undefined),
        allowedHosts,
      });
      this.#azureDevOps = { organizationUrl, account, client };
    }
    return this.#azureDevOps.client;
  }

  /** The OAuth tokens of a connection; `undefined` where the host has no app at the provider. */
  tokens(provider: ProviderId): TokenManager | undefined {
    const { oauth, store, requests } = this.#setup;
    const client = oauth.get(provider);
    if (client === undefined) return undefined;
    const key = keys.tokens(this.#userId, provider);
    return new TokenManager({ client, store, key, hooks: requests.hooks });
  }

  auth(provider: ProviderId): ConnectionAuth {
    const known = this.#auth.get(provider);
    if (known !== undefined) return known;
    const { azureDevOps } = this.#setup.providers;
    const shared = provider === 'azure-devops' && azureDevOps?.shared ? azureDevOps.token : undefined;
    const key = keys.connection(this.#userId, provider);
    const auth = new ConnectionAuth({
      provider,
      key,
      store: this.#setup.store,
      tokens: this.tokens(provider),
      shared,
    });
    this.#auth.set(provider, auth);
    return auth;
  }
}
