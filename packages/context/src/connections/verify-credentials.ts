import { personalAccessToken } from '@context-sdk/ado-client/environment';
import { type CallOptions, staticToken } from '@context-sdk/oauth-core';
import { checkedCallOptions, isObject, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { tickTickAccount } from './account-of.ts';
import { accountOfClient } from './azure-devops-account.ts';
import type { ConnectionRecord, TokenCredentials } from './connection.ts';
import { azureDevOpsClient } from './user-clients.ts';

type Verified = Pick<ConnectionRecord, 'account' | 'organizationUrl'>;

const OPTIONS: OwnOptions<TokenCredentials> = { token: 'string', organizationUrl: 'string' };

/** Asks the service whether it accepts a token, and which account the token belongs to. */
export async function verifyCredentials(
  options: ResolvedOptions,
  provider: 'ticktick' | 'azure-devops',
  credentials: TokenCredentials,
): Promise<Verified> {
  if (!isObject(credentials)) throw invalidInput('credentials', 'must be an object');
  const call = checkedCallOptions(credentials, provider, OPTIONS);
  const { token, organizationUrl } = credentials;
  if (typeof token !== 'string' || token === '') throw invalidInput('token', 'is empty or not a string');
  if (provider === 'azure-devops') {
    return await verifyPersonalAccessToken(options, { token, organizationUrl }, call);
  }
  const account = await tickTickAccount(options, staticToken(token), call);
  return { ...(account && { account }) };
}

async function verifyPersonalAccessToken(
  options: ResolvedOptions,
  credentials: Pick<TokenCredentials, 'token' | 'organizationUrl'>,
  call: CallOptions,
): Promise<Verified> {
  const organizationUrl = credentials.organizationUrl ?? options.providers.azureDevOps?.organizationUrl;
  if (organizationUrl === undefined) throw invalidInput('organizationUrl', 'is missing');
  const client = await azureDevOpsClient(options, personalAccessToken(credentials.token), organizationUrl);
  const account = await accountOfClient(client, call);
  return { organizationUrl: client.organizationUrl, account };
}
