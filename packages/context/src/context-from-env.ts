import { memoryStore } from '@context-sdk/oauth-core';
import type { ContextOptions } from './context-options.ts';
import { type Context, createContext } from './create-context.ts';
import type { Providers } from './options/provider-options.ts';
import { type Environment, readEnvironment } from './options/read-environment.ts';

/** Options to add to those from the environment, or to replace them. */
export interface EnvironmentOverrides extends Partial<Omit<ContextOptions, 'providers'>> {
  /** Merged with the environment's options per provider: `{ azureDevOps: { shared: true } }`. */
  providers?: { [Name in keyof Providers]?: Partial<NonNullable<Providers[Name]>> } | undefined;
}

/**
 * Creates a context from environment variables: `TICKTICK_CLIENT_ID`, `_CLIENT_SECRET`, `_REDIRECT_URI`; the same for
 * `GOOGLE_`; `GMAIL_PUBSUB_TOPIC`, `_PUSH_SERVICE_ACCOUNT`; `AZURE_DEVOPS_ORG_URL`, `_PROJECT`, `_PAT`, `_CLIENT_ID`,
 * `_CLIENT_SECRET`, `_TENANT`, `_REDIRECT_URI`; `BACKEND_URL`, `FRONTEND_URL`. Throws one {@link ConfigurationError} that
 * names all missing and malformed variables. Without a `store`, everything is in memory and ends with the process.
 */
export function contextFromEnv(environment: Environment, overrides: EnvironmentOverrides = {}): Context {
  const { providers, ...urls } = readEnvironment(environment);
  return createContext({
    store: memoryStore(),
    ...urls,
    ...overrides,
    providers: mergeProviders(providers, overrides.providers ?? {}),
  });
}

function mergeProviders(
  read: Providers,
  { ticktick, google, azureDevOps }: NonNullable<EnvironmentOverrides['providers']>,
): Providers {
  return {
    ...((read.ticktick ?? ticktick) && { ticktick: { ...read.ticktick, ...ticktick } }),
    // Google needs a clientId, which only the environment is sure to have.
    ...(read.google && { google: { ...read.google, ...google } }),
    ...((read.azureDevOps ?? azureDevOps) && { azureDevOps: { ...read.azureDevOps, ...azureDevOps } }),
  };
}
