import { readAdoEnvironment } from '@context-sdk/ado-client/environment';
import { ConfigurationError } from '@context-sdk/oauth-core';
import * as z from 'zod/mini';
import type { AppOptions, AzureDevOpsOptions, Providers } from '../options/provider-options.ts';
import { type EnvironmentOverrides, overriddenVariables } from './environment-overrides.ts';

/** Environment variables, of a process or an `.env` file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Others with these beginnings are somebody else's: `GOOGLE_CLOUD_PROJECT`, `AZURE_DEVOPS_EXT_PAT`. */
const GMAIL = ['GMAIL_PUBSUB_TOPIC', 'GMAIL_PUSH_SERVICE_ACCOUNT'] as const;
const AZURE_DEVOPS = [
  'AZURE_DEVOPS_ORG_URL',
  'AZURE_DEVOPS_PROJECT',
  'AZURE_DEVOPS_PAT',
  'AZURE_DEVOPS_TENANT',
] as const;

/** The options that the environment can set. */
export interface EnvironmentOptions {
  providers: Providers;
  baseUrl: string;
  frontendUrl: string | undefined;
}

/** Created on first use, since importing the package must not run code. */
function makeSchemas() {
  const text = z.string({ error: 'is missing' });
  const url = text.check(z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }));
  const app = z.object({ CLIENT_ID: text, CLIENT_SECRET: text, REDIRECT_URI: z.optional(url) });
  return {
    application: z.object({ BACKEND_URL: url, FRONTEND_URL: z.optional(url) }),
    app,
    gmail: z.object({ PUBSUB_TOPIC: text, PUSH_SERVICE_ACCOUNT: text }),
  };
}

/**
 * Reads the integration guide's variables, and those of Entra and of Gmail's topic. A provider without any of its variables is left
 * out. Throws one {@link ConfigurationError} that names every missing or malformed variable, and shows no value. Overrides count as variables.
 */
export function readEnvironment(
  environment: Environment,
  overrides?: EnvironmentOverrides,
): EnvironmentOptions {
  const { allowedHosts } = overrides?.providers?.azureDevOps ?? {};
  const reader = new EnvironmentReader(environment, overriddenVariables(overrides ?? {}));
  const schemas = makeSchemas();
  const application = reader.read(schemas.application);
  const ticktick = reader.hasApp('TICKTICK_') ? reader.read(schemas.app, 'TICKTICK_') : undefined;
  const usesGmail = reader.has(...GMAIL);
  const google = usesGmail || reader.hasApp('GOOGLE_') ? reader.read(schemas.app, 'GOOGLE_') : undefined;
  const gmail = usesGmail ? reader.read(schemas.gmail, 'GMAIL_') : undefined;
  const usesAzureDevOps = reader.has(...AZURE_DEVOPS) || reader.hasApp('AZURE_DEVOPS_');
  const azureDevOps = usesAzureDevOps ? reader.readAzureDevOps(allowedHosts) : undefined;
  if (application === undefined || reader.problems.length > 0) {
    throw new ConfigurationError(`The environment is incomplete: ${reader.problems.join('; ')}.`);
  }
  return {
    baseUrl: application.BACKEND_URL,
    frontendUrl: application.FRONTEND_URL,
    providers: {
      ...(ticktick && { ticktick: appOptions(ticktick) }),
      ...(google && {
        google: {
          ...appOptions(google),
          ...(gmail && { pubsubTopic: gmail.PUBSUB_TOPIC, pushServiceAccount: gmail.PUSH_SERVICE_ACCOUNT }),
        },
      }),
      ...(azureDevOps && { azureDevOps }),
    },
  };
}

interface AppVariables {
  CLIENT_ID: string;
  CLIENT_SECRET: string;
  REDIRECT_URI?: string | undefined;
}

function appOptions(app: AppVariables): AppOptions {
  return { clientId: app.CLIENT_ID, clientSecret: app.CLIENT_SECRET, redirectUri: app.REDIRECT_URI };
}

function filled(environment: Environment): Map<string, string> {
  const trimmed = Object.entries(environment).map(
    ([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const,
  );
  return new Map(trimmed.filter(([, value]) => value !== ''));
}

/** Reads variables by prefix, and collects all problems so that one error can report them. */
class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #own: Map<string, string>;
  readonly #variables: Map<string, string>;

  constructor(environment: Environment, overridden: Environment) {
    this.#own = filled(environment);
    this.#variables = new Map([...this.#own, ...filled(overridden)]);
  }

  /** Whether the environment itself has such a variable. What only the overrides configure is checked by the context. */
  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#own.has(name));
  }

  hasApp(prefix: string): boolean {
    return this.has(`${prefix}CLIENT_ID`, `${prefix}CLIENT_SECRET`, `${prefix}REDIRECT_URI`);
  }

  /** The variables with a prefix, parsed by a schema. `undefined` if there are problems. */
  read<T>(schema: z.ZodMiniType<T>, prefix = ''): T | undefined {
    const matching = [...this.#variables].filter(([name]) => name.startsWith(prefix));
    const result = schema.safeParse(
      Object.fromEntries(matching.map(([name, value]) => [name.slice(prefix.length), value])),
    );
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      this.problems.push(`${prefix}${path.join('.')} ${message}`);
    }
    return undefined;
  }

  readAzureDevOps(allowedHosts: readonly string[] | undefined): AzureDevOpsOptions | undefined {
    const redirectName = 'AZURE_DEVOPS_REDIRECT_URI';
    const redirectUri = this.#variables.get(redirectName);
    const variables: Record<string, string> = Object.fromEntries(this.#variables);
    if (this.#variables.has('AZURE_DEVOPS_CLIENT_ID')) {
      // The client requires a redirect URI. The context has a default, which is not known here.
      variables[redirectName] ??= 'https://context.invalid';
    }
    try {
      const { organizationUrl, project, oauth } = readAdoEnvironment(variables, { allowedHosts });
      const token = this.#variables.get('AZURE_DEVOPS_PAT');
      return { organizationUrl, project, token, ...oauth, redirectUri };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.problems.push(...error.message.replace(/\.$/, '').split('; '));
      return undefined;
    }
  }
}
