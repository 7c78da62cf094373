import type { CalendarLibrary, GmailLibrary } from '@context-sdk/google-workspace';
import type { OAuthProvider, RateLimit } from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';

/** The host's app at a provider. */
export interface AppOptions {
  clientId: string;
  /** Without one, PKCE alone is the proof. */
  clientSecret?: string | undefined;
  /** As registered with the provider; `{baseUrl}{basePath}/auth/{provider}/callback` unless given. */
  redirectUri?: string | undefined;
  /** What users are asked for; the provider's default scopes unless given. */
  scopes?: readonly string[] | undefined;
  /** Instead of the real provider: a gateway, or a sandbox. */
  provider?: OAuthProvider | undefined;
}

/** TickTick, or its Chinese twin. Without `clientId` users connect by API token only. */
export interface TickTickOptions extends Partial<AppOptions> {
  /** `ticktick` unless given. */
  region?: Region | undefined;
  /** `guide` for gateways that speak the integration guide's wire format. */
  dialect?: 'official' | 'guide' | undefined;
  /** Instead of the region's address, `/open/v1` included. */
  baseUrl?: string | undefined;
  /** Instead of 100 requests in 60 s and 300 in 300 s per account. */
  limits?: readonly RateLimit[] | undefined;
}

/** Google, for calendars and mail. */
export interface GoogleOptions extends AppOptions {
  /** `projects/{project}/topics/{topic}`: where Gmail tells of changes. Needs the scope `gmail.readonly`. */
  pubsubTopic?: string | undefined;
  /** The service account that the topic's push subscription authenticates with: without it Gmail's pushes are refused. */
  pushServiceAccount?: string | undefined;
  /** The audience of the push subscription; the webhook's own address unless given, as Pub/Sub does. */
  pushAudience?: string | undefined;
  /** Instead of `https://www.googleapis.com/calendar/v3`. */
  calendarUrl?: string | undefined;
  /** Instead of `https://gmail.googleapis.com`. */
  gmailUrl?: string | undefined;
  /** Instead of `@googleapis/calendar` and `@googleapis/gmail`: `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<CalendarLibrary & GmailLibrary>) | undefined;
}

/** Azure DevOps. Without `clientId` users connect by personal access token only. */
export interface AzureDevOpsOptions extends Partial<AppOptions> {
  /** The organization of users who name none: `https://dev.azure.com/acme`. */
  organizationUrl?: string | undefined;
  /** Name or id of the project for calls that are given none. */
  project?: string | undefined;
  /** Id or domain of the Entra tenant; `organizations` unless given. */
  tenant?: string | undefined;
  /** Hosts besides Azure DevOps' own that credentials may go to. */
  allowedHosts?: readonly string[] | undefined;
  /** A personal access token of the host's. Nothing uses it unless `shared` is true. */
  token?: string | undefined;
  /** Lets every user who has not connected act as the owner of `token`. */
  shared?: boolean | undefined;
}

/** The services that the host works with; what is left out is not there for its users. */
export interface Providers {
  ticktick?: TickTickOptions | undefined;
  google?: GoogleOptions | undefined;
  azureDevOps?: AzureDevOpsOptions | undefined;
}
