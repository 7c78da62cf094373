import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { type CallOptions, staticToken } from '@context-sdk/oauth-core';
import { invalid } from '../utils/invalid.ts';
import type { Setup } from '../options/resolved-options.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { TokenCredentials } from './connection-options.ts';
import { tickTickAccount } from './account-of.ts';

type Proven = Pick<ConnectionRecord, 'account' | 'organizationUrl'>;

/** Asks the service whether it takes the token, and whose it is. */
export async function proveCredentials(
  setup: Setup,
  provider: 'ticktick' | 'azure-devops',
  { token, organizationUrl, ...options }: TokenCredentials,
): Promise<Proven> {
  if (typeof token !== 'string' || token === '') throw invalid('token', 'is empty or not a text');
  if (provider === 'ticktick') {
    const account = await tickTickAccount(setup, staticToken(token), options);
    return { ...(account && { account }) };
  }
  return await provePersonalAccessToken(setup, { token, organizationUrl }, options);
}

async function provePersonalAccessToken(
  { providers, requests }: Setup,
  credentials: Pick<TokenCredentials, 'token' | 'organizationUrl'>,
  options: CallOptions,
): Promise<Proven> {
  const organizationUrl = credentials.organizationUrl ?? providers.azureDevOps?.organizationUrl;
  if (organizationUrl === undefined) throw invalid('organizationUrl', 'is missing');
  const auth = personalAccessToken(credentials.token);
  const { allowedHosts } = providers.azureDevOps ?? {};
  const client = new AdoClient({ ...requests, organizationUrl, auth, allowedHosts });
  for await (const _ of client.projects.list(options)) break;
  return { organizationUrl: client.organizationUrl };
}
