import {
  dida365,
  google,
  microsoftEntra,
  OAuthClient,
  type OAuthProvider,
  ticktick,
} from '@context-sdk/oauth-core';
import type { ProviderId } from './provider-id.ts';
import type { AppOptions, AzureDevOpsOptions, Providers, TickTickOptions } from './provider-options.ts';

interface OAuthSetup {
  providers: Providers;
  /** Where the callback of a provider is, unless its app says otherwise. */
  callbackUrl: (provider: ProviderId) => string;
  fetch: typeof fetch | undefined;
}

function tickTickProvider({ region }: TickTickOptions): OAuthProvider {
  return region === 'dida365' ? dida365 : ticktick;
}

function azureDevOpsProvider({ tenant }: AzureDevOpsOptions): OAuthProvider {
  return microsoftEntra(tenant);
}

/** A client for every provider at which the host has an app. */
export function oauthClients({ providers, callbackUrl, fetch }: OAuthSetup): Map<ProviderId, OAuthClient> {
  const clients = new Map<ProviderId, OAuthClient>();
  const add = (id: ProviderId, app: Partial<AppOptions> | undefined, real: () => OAuthProvider): void => {
    if (app?.clientId === undefined) return;
    const { clientId, clientSecret, scopes, redirectUri = callbackUrl(id) } = app;
    const known = app.provider ?? real();
    const provider = scopes === undefined ? known : { ...known, defaultScopes: scopes };
    clients.set(id, new OAuthClient({ provider, clientId, clientSecret, redirectUri, fetch }));
  };
  const { azureDevOps } = providers;
  add('ticktick', providers.ticktick, () => tickTickProvider(providers.ticktick ?? {}));
  add('google', providers.google, () => google);
  add('azure-devops', azureDevOps, () => azureDevOpsProvider(azureDevOps ?? {}));
  return clients;
}
