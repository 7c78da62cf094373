import { memoryStore } from '@context-sdk/oauth-core';
import { checkObject } from '@context-sdk/oauth-core/client-kit';
import { type Context, createContext } from './create-context.ts';
import {
  type EnvironmentOverrides,
  givenOverrides,
  mergeProviders,
} from './environment/environment-overrides.ts';
import { type Environment, readEnvironment } from './environment/read-environment.ts';

/**
 * Creates a context from environment variables: `TICKTICK_CLIENT_ID`, `_CLIENT_SECRET`, `_REDIRECT_URI`; the same for
 * `GOOGLE_`; `GMAIL_PUBSUB_TOPIC`, `_PUSH_SERVICE_ACCOUNT`; `AZURE_DEVOPS_ORG_URL`, `_PROJECT`, `_PAT`, `_CLIENT_ID`,
 * `_CLIENT_SECRET`, `_TENANT`, `_REDIRECT_URI`; `BACKEND_URL`, `FRONTEND_URL`. Throws one {@link ConfigurationError} that
 * names all missing and malformed variables. An override counts as its variable, unless it is undefined or null. Without a `store`, everything is in memory and ends with the process.
 */
export function contextFromEnv(environment: Environment, given?: EnvironmentOverrides | null): Context {
  checkObject(environment, 'environment');
  const overrides = givenOverrides(given);
  const { providers, ...urls } = readEnvironment(environment, overrides);
  return createContext({
    store: memoryStore(),
    ...urls,
    ...overrides,
    providers: mergeProviders(providers, overrides.providers ?? {}),
  });
}
