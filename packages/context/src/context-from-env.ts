import { memoryStore } from '@context-sdk/oauth-core';
import type { ContextOptions } from './context-options.ts';
import { type Context, createContext } from './create-context.ts';
import type { Providers } from './options/provider-options.ts';
import { type Environment, readEnvironment } from './options/read-environment.ts';

/** What the environment does not say, or says otherwise. */
export interface EnvironmentOverrides extends Partial<Omit<ContextOptions, 'providers'>> {
  /** Added to what the environment says of a provider: `{ azureDevOps: { shared: true } }`. */
  providers?: { [Name in keyof Providers]?: Partial<NonNullable<Providers[Name]>> } | undefined;
}

/**
 * A context of the environment's variables: `TICKTICK_CLIENT_ID`, `_CLIENT_SECRET`, `_REDIRECT_URI`; the same of
 * `GOOGLE_`; `GMAIL_PUBSUB_TOPIC`, `_PUSH_SERVICE_ACCOUNT`; `AZURE_DEVOPS_ORG_URL`, `_PROJECT`, `_PAT`, `_CLIENT_ID`,
 * `_CLIENT_SECRET`, `_TENANT`, `_REDIRECT_URI`; `BACKEND_URL`, `FRONTEND_URL`. Throws one {@link ConfigurationError} that
 * names all that are missing or malformed. Without a `store` everything is in memory, and ends with the process.
 */
export function contextFromEnv(environment: Environment, overrides: EnvironmentOverrides = {}): Context {
  const { providers, ...application } = readEnvironment(environment);
  return createContext({
    store: memoryStore(),
    ...application,
    ...overrides,
    providers: merged(providers, overrides.providers ?? {}),
  });
}

function merged(
  read: Providers,
  { ticktick, google, azureDevOps }: NonNullable<EnvironmentOverrides['providers']>,
): Providers {
  return {
    ...((read.ticktick ?? ticktick) && { ticktick: { ...read.ticktick, ...ticktick } }),
    ...(read.google && { google: { ...read.google, ...google } }),
    ...((read.azureDevOps ?? azureDevOps) && { azureDevOps: { ...read.azureDevOps, ...azureDevOps } }),
  };
}
