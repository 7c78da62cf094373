import type { CalendarLibrary, GmailLibrary } from '@context-sdk/google-workspace';
import type { ClientAssertion, RateLimit } from '@context-sdk/oauth-core';
import type { Identify, OAuthProvider } from '@context-sdk/oauth-core/providers';
import type { GatewayRoutes, Region } from '@context-sdk/ticktick-client';

/** The host's OAuth app at a provider. */
export interface AppOptions {
  clientId: string;
  /** Leave out for a public client, which uses PKCE alone. */
  clientSecret?: string | undefined;
  /** Instead of a secret: `privateKeyJwt` of `/client-auth`, or a function that reads a platform's token. */
  clientAssertion?: ClientAssertion | undefined;
  /** As registered with the provider. Default: `{baseUrl}{basePath}/auth/{provider}/callback`. */
  redirectUri?: string | undefined;
  /** Scopes to ask users for. Default: the provider's default scopes. */
  scopes?: readonly string[] | undefined;
  /** Replaces the real provider, for example with a gateway or a sandbox. */
  provider?: OAuthProvider | undefined;
}

/**
 * TickTick, or Dida365 in China. Without `clientId`, users can connect by API token only. For a gateway of the integration
 * guide's dialect, spread `tickTickGateway({ origin })` into the options.
 */
export interface TickTickOptions extends Partial<AppOptions> {
  /** Default: `ticktick`. */
  region?: Region | undefined;
  /**
   * `guide` for gateways that speak the integration guide's wire format: `tickTickGateway` sets everything that this needs.
   * Default: `official`.
   */
  dialect?: 'official' | 'guide' | undefined;
  /**
   * Accepts deliveries of the guide's dialect at `/webhooks/ticktick`, without a key. Anyone can send those: their events have no
   * `userId`, and `verified` is false. Default: false.
   */
  acceptUnverifiedWebhooks?: boolean | undefined;
  /** Replaces the region's URL. Includes the path: `/open/v1`. */
  baseUrl?: string | undefined;
  /** Default: 100 requests in 60 s and 300 in 300 s per account. In the guide's dialect: 100 in 60 s. */
  limits?: readonly RateLimit[] | undefined;
  /** For gateways: reads the account of a token. Default: the provider's. */
  identify?: Identify | undefined;
  /** For gateways: routes that the guide doesn't have. */
  routes?: GatewayRoutes | undefined;
}

/** Google Calendar and Gmail. */
export interface GoogleOptions extends AppOptions {
  /** The Pub/Sub topic for Gmail changes: `projects/{project}/topics/{topic}`. Needs the scope `gmail.readonly`. */
  pubsubTopic?: string | undefined;
  /** The service account that signs the topic's pushes. Without it, Gmail's pushes are refused. */
  pushServiceAccount?: string | undefined;
  /** The audience of the push subscription. Default: the webhook's URL, which is also Pub/Sub's default. */
  pushAudience?: string | undefined;
  /** Default: `https://www.googleapis.com/calendar/v3`. */
  calendarUrl?: string | undefined;
  /** Default: `https://gmail.googleapis.com`. */
  gmailUrl?: string | undefined;
  /** Replaces `@googleapis/calendar` and `@googleapis/gmail`: `() => import('googleapis').then((m) => m.google)`. */
  library?: (() => Promise<CalendarLibrary & GmailLibrary>) | undefined;
}

/** Azure DevOps. Without `clientId`, users can connect by personal access token only. */
export interface AzureDevOpsOptions extends Partial<AppOptions> {
  /** The organization of users who do not choose one: `https://dev.azure.com/acme`. */
  organizationUrl?: string | undefined;
  /** Default project for calls: its name or id. Users who choose another organization have none. */
  project?: string | undefined;
  /** Id or domain of the Entra tenant. Default: `organizations`. */
  tenant?: string | undefined;
  /** Hosts other than Azure DevOps' own that may receive credentials. */
  allowedHosts?: readonly string[] | undefined;
  /** Sends credentials over plain http to the hosts in `allowedHosts`: for an intranet without TLS. Default: false. */
  allowHttp?: boolean | undefined;
  /** The host's personal access token. Used only if `shared` is true. */
  token?: string | undefined;
  /** Lets every user without a connection act as the owner of `token`. Default: false. */
  shared?: boolean | undefined;
}

/** The services that the host works with. Users cannot connect a service that is left out. */
export interface Providers {
  ticktick?: TickTickOptions | undefined;
  google?: GoogleOptions | undefined;
  azureDevOps?: AzureDevOpsOptions | undefined;
}
