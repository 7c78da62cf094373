import { ConfigurationError } from '@context-sdk/oauth-core';
import type { Providers } from './provider-options.ts';

/** The providers that users connect. Google Calendar and Gmail share one connection. */
export type ProviderId = 'ticktick' | 'google' | 'azure-devops';

export const PROVIDER_IDS: readonly ProviderId[] = ['ticktick', 'google', 'azure-devops'];

const OPTION_NAMES = { ticktick: 'ticktick', google: 'google', 'azure-devops': 'azureDevOps' } as const;

/** Whether this names a provider. */
export function isProviderId(text: string): text is ProviderId {
  return PROVIDER_IDS.some((id) => id === text);
}

/** The providers that the host configured, always in the same order. */
export function configuredProviders(providers: Providers): ProviderId[] {
  return PROVIDER_IDS.filter((id) => providers[OPTION_NAMES[id]] !== undefined);
}

/** Throws {@link ConfigurationError} for a provider that the host did not configure. */
export function checkConfigured(providers: Providers, id: ProviderId): void {
  if (configuredProviders(providers).includes(id)) return;
  if (isProviderId(id)) throw notConfigured(OPTION_NAMES[id]);
  throw new ConfigurationError(
    `There is no provider ${typeof id === 'string' ? JSON.stringify(id) : 'of that type'}.`,
  );
}

/** The error for using a provider without its options. */
export function notConfigured(option: keyof Providers): ConfigurationError {
  return new ConfigurationError(
    `providers.${option} is missing: this context is not configured for it. Add it to the providers of createContext.`,
  );
}
