import { sha256 } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ConnectedAccount } from './connection.ts';

/** Whose rate limits an account's calls count against, as far as it is known. Names can be email addresses, so a hash stands for them. */
export async function limiterAccount(
  provider: ProviderId,
  { username, id }: ConnectedAccount,
): Promise<string | undefined> {
  const name = username ?? id;
  if (name === undefined) return undefined;
  return `account/${(await sha256(JSON.stringify([provider, name]))).slice(0, 22)}`;
}
