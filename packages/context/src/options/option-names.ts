import { ConfigurationError } from '@context-sdk/oauth-core';
import { checkOptionNames, type OptionNames } from '@context-sdk/oauth-core/client-kit';
import type {
  AppOptions,
  AzureDevOpsOptions,
  GoogleOptions,
  Providers,
  TickTickOptions,
} from './provider-options.ts';

const APP: OptionNames<AppOptions> = {
  clientId: true,
  clientSecret: true,
  redirectUri: true,
  scopes: true,
  provider: true,
};

/** What else an app is registered with, which hosts spread into these options. */
const OF_A_REGISTRATION = { name: true, redirectUris: true } as const;

const TICKTICK: OptionNames<TickTickOptions> = {
  ...APP,
  region: true,
  dialect: true,
  acceptUnverifiedWebhooks: true,
  baseUrl: true,
  limits: true,
  identify: true,
  routes: true,
};

const GOOGLE: OptionNames<GoogleOptions> = {
  ...APP,
  pubsubTopic: true,
  pushServiceAccount: true,
  pushAudience: true,
  calendarUrl: true,
  gmailUrl: true,
  library: true,
};

const AZURE_DEVOPS: OptionNames<AzureDevOpsOptions> = {
  ...APP,
  organizationUrl: true,
  project: true,
  tenant: true,
  allowedHosts: true,
  token: true,
  shared: true,
};

const PROVIDERS: OptionNames<Providers> = { ticktick: true, google: true, azureDevOps: true };

/** Throws {@link ConfigurationError} naming an option of a provider that doesn't exist. */
export function checkProviderOptionNames(providers: Providers): void {
  checkOptionNames(providers, PROVIDERS, misconfiguredAt('providers.'));
  checkOptionNames(
    providers.ticktick,
    { ...TICKTICK, ...OF_A_REGISTRATION },
    misconfiguredAt('providers.ticktick.'),
  );
  checkOptionNames(
    providers.google,
    { ...GOOGLE, ...OF_A_REGISTRATION },
    misconfiguredAt('providers.google.'),
  );
  checkOptionNames(
    providers.azureDevOps,
    { ...AZURE_DEVOPS, ...OF_A_REGISTRATION },
    misconfiguredAt('providers.azureDevOps.'),
  );
}

function misconfiguredAt(place: string): (name: string, problem: string) => Error {
  return (name, problem) => new ConfigurationError(`${place}${name} ${problem}.`);
}
