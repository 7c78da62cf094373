import type { OptionTypes } from '@context-sdk/oauth-core/client-kit';
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
  provider: 'checked',
};

/** What else an app is registered with, which hosts spread into these options. */
const OF_A_REGISTRATION = { name: 'any', redirectUris: 'any' } as const;

const TICKTICK: OptionTypes<TickTickOptions> = {
  ...APP,
  region: 'string',
  dialect: 'string',
  acceptUnverifiedWebhooks: 'boolean',
  baseUrl: 'string',
  limits: 'list',
  identify: 'function',
  routes: 'checked',
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
  allowHttp: 'boolean',
  token: 'string',
  shared: 'boolean',
};

/** The options of all providers, for the check of a context's options. */
export const PROVIDERS: OptionTypes<Providers> = {
  ticktick: { ...TICKTICK, ...OF_A_REGISTRATION },
  google: { ...GOOGLE, ...OF_A_REGISTRATION },
  azureDevOps: { ...AZURE_DEVOPS, ...OF_A_REGISTRATION },
};
