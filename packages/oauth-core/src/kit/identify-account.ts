import { UnexpectedResponseError } from '../errors/index.ts';
import type { CallOptions } from '../http/exchange.ts';
import { routeUrl } from '../http/fetch-route.ts';
import type { Pipeline } from '../http/pipeline.ts';
import type { Identify, ProviderAccount } from '../oauth/provider.ts';
import { checkedCallOptions } from './call-options.ts';

/** Where an account is read. */
export interface AccountSource {
  service: string;
  /** Carries the token, and limits where it may go. */
  pipeline: Pipeline;
  /** Paths that `identify` fetches follow this URL. */
  baseUrl: string;
}

/** Runs a host's `identify`. Throws {@link UnexpectedResponseError} if it returns no account. */
export async function identifyAccount(
  identify: Identify,
  { service, pipeline, baseUrl }: AccountSource,
  options?: CallOptions,
): Promise<ProviderAccount> {
  const call = { ...checkedCallOptions(options, service), operation: 'account.get', safety: 'safe' } as const;
  const fetch = pipeline.fetchFor(call);
  const account: unknown = await identify((input, init) => {
    const isPath = typeof input === 'string' && URL.parse(input) === null;
    return fetch(isPath ? routeUrl(baseUrl, input, service) : input, init);
  });
  return readAccount(account, service);
}

function readAccount(account: unknown, service: string): ProviderAccount {
  const { id, username, email, displayName } = (account ?? {}) as Record<string, unknown>;
  if ((typeof id !== 'string' || id === '') && !Number.isFinite(id) && typeof username !== 'string') {
    const message = `identify of ${service} returned neither an id nor a username.`;
    throw new UnexpectedResponseError(message, { service, field: 'id' });
  }
  return {
    ...((typeof id === 'string' || typeof id === 'number') && { id: String(id) }),
    ...(typeof username === 'string' && { username }),
    ...(typeof email === 'string' && { email }),
    ...(typeof displayName === 'string' && { displayName }),
  };
}
