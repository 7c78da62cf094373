import { ConfigurationError, OAuthClient } from '@context-sdk/oauth-core';
import {
  dida365,
  google,
  microsoftEntra,
  type OAuthProvider,
  ticktick,
} from '@context-sdk/oauth-core/providers';
import { tickTickGateway } from '@context-sdk/ticktick-client';
import type { ProviderId } from './provider-id.ts';
import type { AppOptions, Providers, TickTickOptions } from './provider-options.ts';

interface OAuthClientsInput {
  providers: Providers;
  /** The default redirect URI of a provider. */
  callbackUrl: (provider: ProviderId) => string;
  fetch: typeof fetch | undefined;
}

/** One client per provider at which the host has an OAuth app. */
export function oauthClients({
  providers,
  callbackUrl,
  fetch,
}: OAuthClientsInput): Map<ProviderId, OAuthClient> {
  const clients = new Map<ProviderId, OAuthClient>();
  const add = (
    id: ProviderId,
    app: Partial<AppOptions> | undefined,
    defaultProvider: () => OAuthProvider,
  ): void => {
    if (app?.clientId === undefined) return;
    const { clientId, clientSecret, clientAssertion, scopes, redirectUri = callbackUrl(id) } = app;
    const known = app.provider ?? defaultProvider();
    const provider = scopes === undefined ? known : { ...known, defaultScopes: scopes };
    const proof = { clientSecret, clientAssertion };
    clients.set(id, new OAuthClient({ provider, clientId, ...proof, redirectUri, fetch }));
  };
  add('ticktick', providers.ticktick, () => tickTickProvider(providers.ticktick));
  add('google', providers.google, () => google);
  add('azure-devops', providers.azureDevOps, () => microsoftEntra(providers.azureDevOps?.tenant));
  return clients;
}

/** In the guide's dialect, users sign in where the API is, and nothing goes to TickTick's own revocation endpoint. */
function tickTickProvider({ dialect, region, baseUrl }: TickTickOptions = {}): OAuthProvider {
  const official = region === 'dida365' ? dida365 : ticktick;
  if (dialect !== 'guide') return official;
  const url = URL.parse(baseUrl ?? official.issuer);
  if (url === null) throw new ConfigurationError('providers.ticktick.baseUrl is not a URL.');
  return tickTickGateway({ origin: url.origin }).provider;
}
