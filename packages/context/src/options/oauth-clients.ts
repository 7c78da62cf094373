import { OAuthClient } from '@context-sdk/oauth-core';
import {
  dida365,
  google,
  microsoftEntra,
  type OAuthProvider,
  ticktick,
} from '@context-sdk/oauth-core/providers';
import type { ProviderId } from './provider-id.ts';
import type { AppOptions, Providers } from './provider-options.ts';

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
    const { clientId, clientSecret, scopes, redirectUri = callbackUrl(id) } = app;
    const known = app.provider ?? defaultProvider();
    const provider = scopes === undefined ? known : { ...known, defaultScopes: scopes };
    clients.set(id, new OAuthClient({ provider, clientId, clientSecret, redirectUri, fetch }));
  };
  add('ticktick', providers.ticktick, () => (providers.ticktick?.region === 'dida365' ? dida365 : ticktick));
  add('google', providers.google, () => google);
  add('azure-devops', providers.azureDevOps, () => microsoftEntra(providers.azureDevOps?.tenant));
  return clients;
}
