import { ConfigurationError } from '@context-sdk/oauth-core';
import { checkOptions } from '@context-sdk/oauth-core/client-kit';
import type { ContextOptions } from '../context-options.ts';
import { PROVIDERS } from '../options/provider-option-types.ts';
import type { AppOptions, Providers } from '../options/provider-options.ts';

/** Options to add to those from the environment, or to replace them. */
export interface EnvironmentOverrides extends Partial<Omit<ContextOptions, 'providers'>> {
  /** Merged with the environment's options per provider: `{ azureDevOps: { shared: true } }`. */
  providers?: { [Name in keyof Providers]?: Partial<NonNullable<Providers[Name]>> } | undefined;
}

type Variables = Record<string, string | undefined>;

/** The overrides that have a value: undefined and null leave the environment's. Throws {@link ConfigurationError} for a provider that doesn't exist. */
export function givenOverrides(given: EnvironmentOverrides | null | undefined): EnvironmentOverrides {
  const { providers, ...rest } = withValues(given ?? {});
  if (providers === undefined) return rest;
  checkOptions(
    providers,
    PROVIDERS,
    (name, problem) => new ConfigurationError(`providers.${name} ${problem}.`),
  );
  const own = Object.entries(withValues(providers)).map(([name, options]) => [name, withValues(options)]);
  return { ...rest, providers: Object.fromEntries(own) };
}

function withValues<T extends object>(options: T): T {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as T;
}

/** The overrides as the variables that they replace, so that the environment is validated as it is used. */
export function overriddenVariables({
  baseUrl,
  frontendUrl,
  providers: { ticktick, google, azureDevOps } = {},
}: EnvironmentOverrides): Variables {
  return {
    BACKEND_URL: baseUrl,
    FRONTEND_URL: frontendUrl,
    ...appVariables('TICKTICK', ticktick),
    ...appVariables('GOOGLE', google),
    GMAIL_PUBSUB_TOPIC: google?.pubsubTopic,
    GMAIL_PUSH_SERVICE_ACCOUNT: google?.pushServiceAccount,
    ...appVariables('AZURE_DEVOPS', azureDevOps),
    AZURE_DEVOPS_ORG_URL: azureDevOps?.organizationUrl,
    AZURE_DEVOPS_PROJECT: azureDevOps?.project,
    AZURE_DEVOPS_PAT: azureDevOps?.token,
    AZURE_DEVOPS_TENANT: azureDevOps?.tenant,
  };
}

function appVariables(prefix: string, app: Partial<AppOptions> = {}): Variables {
  return {
    [`${prefix}_CLIENT_ID`]: app.clientId,
    [`${prefix}_CLIENT_SECRET`]: app.clientSecret,
    [`${prefix}_REDIRECT_URI`]: app.redirectUri,
  };
}

/** The environment's providers with the overrides on top. `createContext` checks the result. */
export function mergeProviders(
  read: Providers,
  { ticktick, google, azureDevOps }: NonNullable<EnvironmentOverrides['providers']>,
): Providers {
  return {
    ...((read.ticktick ?? ticktick) && { ticktick: { ...read.ticktick, ...ticktick } }),
    ...((read.google ?? google) && { google: { clientId: '', ...read.google, ...google } }),
    ...((read.azureDevOps ?? azureDevOps) && { azureDevOps: { ...read.azureDevOps, ...azureDevOps } }),
  };
}
