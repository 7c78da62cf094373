import { ConfigurationError } from '@context-sdk/oauth-core';
import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type {
  AppOptions,
  AzureDevOpsOptions,
  GoogleOptions,
  Providers,
  TickTickOptions,
} from './provider-options.ts';

const APP: OptionTypes<AppOptions> = {
  clientId: 'string',
  clientSecret: 'string',
  clientAssertion: 'function',
  redirectUri: 'string',
  scopes: 'list',
  provider: true,
};

/** What else an app is registered with, which hosts spread into these options. */
const OF_A_REGISTRATION = { name: true, redirectUris: true } as const;

const TICKTICK: OptionTypes<TickTickOptions> = {
  ...APP,
  region: 'string',
  dialect: 'string',
  acceptUnverifiedWebhooks: 'boolean',
  baseUrl: 'string',
  limits: 'list',
  identify: 'function',
  routes: true,
};

const GOOGLE: OptionTypes<GoogleOptions> = {
  ...APP,
  pubsubTopic: 'string',
  pushServiceAccount: 'string',
  pushAudience: 'string',
  calendarUrl: 'string',
  gmailUrl: 'string',
  library: 'function',
};

const AZURE_DEVOPS: OptionTypes<AzureDevOpsOptions> = {
  ...APP,
  organizationUrl: 'string',
  project: 'string',
  tenant: 'string',
  allowedHosts: 'list',
  token: 'string',
  shared: 'boolean',
};

const PROVIDERS: OptionTypes<Providers> = { ticktick: true, google: true, azureDevOps: true };

/** Throws {@link ConfigurationError} naming an option of a provider that doesn't exist. */
export function checkProviderOptions(providers: { [Name in keyof Providers]?: unknown }): void {
  checkOptions(providers, PROVIDERS, misconfiguredAt('providers.'));
  checkOptions(
    providers.ticktick,
    { ...TICKTICK, ...OF_A_REGISTRATION },
    misconfiguredAt('providers.ticktick.'),
  );
  checkOptions(providers.google, { ...GOOGLE, ...OF_A_REGISTRATION }, misconfiguredAt('providers.google.'));
  checkOptions(
    providers.azureDevOps,
    { ...AZURE_DEVOPS, ...OF_A_REGISTRATION },
    misconfiguredAt('providers.azureDevOps.'),
  );
}

function misconfiguredAt(place: string): (name: string, problem: string) => Error {
  return (name, problem) => new ConfigurationError(`${place}${name} ${problem}.`);
}
