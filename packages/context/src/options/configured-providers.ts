import { ConfigurationError } from '@context-sdk/oauth-core';
import { PROVIDER_IDS, type ProviderId } from './provider-id.ts';
import type { Providers } from './provider-options.ts';

const OPTION_OF = { ticktick: 'ticktick', google: 'google', 'azure-devops': 'azureDevOps' } as const;

/** The providers that the host works with, in a fixed order. */
export function configuredProviders(providers: Providers): ProviderId[] {
  return PROVIDER_IDS.filter((id) => providers[OPTION_OF[id]] !== undefined);
}

/** Throws {@link ConfigurationError} for a provider that the host does not work with. */
export function checkedProvider(providers: Providers, id: ProviderId): ProviderId {
  if (configuredProviders(providers).includes(id)) return id;
  const option = Object.hasOwn(OPTION_OF, id)
    ? `providers.${OPTION_OF[id]}`
    : `provider ${JSON.stringify(id)}`;
  throw new ConfigurationError(`${option} is not there: this context does not work with it.`);
}
