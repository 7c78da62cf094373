import type { CallOptions } from '@context-sdk/oauth-core';
import type { ConnectedAccount } from './connection-record.ts';

/** A token that the user, or the host, made at the service. */
export interface TokenCredentials extends CallOptions {
  /** TickTick: Settings, Account, API Token. Azure DevOps: a personal access token of that organization. */
  token: string;
  /** Azure DevOps alone: `providers.azureDevOps.organizationUrl` unless given. */
  organizationUrl?: string | undefined;
}

/** What is known of tokens that are taken over. */
export interface ImportOptions extends CallOptions {
  /** Whose account it is; asked of the provider unless given. */
  account?: ConnectedAccount | undefined;
  /** Azure DevOps alone: `providers.azureDevOps.organizationUrl` unless given. */
  organizationUrl?: string | undefined;
}
