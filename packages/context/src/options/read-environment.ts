import { readAdoEnvironment } from '@context-sdk/ado-client/environment';
import { ConfigurationError } from '@context-sdk/oauth-core';
import * as z from 'zod/mini';
import type { AppOptions, AzureDevOpsOptions, Providers } from './provider-options.ts';

/** The variables of a process, or of an `.env` file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says. */
export interface EnvironmentOptions {
  providers: Providers;
  baseUrl: string;
  frontendUrl: string | undefined;
}

/** Made on first use: importing the package makes nothing. */
function makeSchemas() {
  const text = z.string({ error: 'is missing' });
  const url = text.check(z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }));
  return {
    application: z.object({ BACKEND_URL: url, FRONTEND_URL: z.optional(url) }),
    TICKTICK: z.object({ CLIENT_ID: text, CLIENT_SECRET: text, REDIRECT_URI: z.optional(url) }),
    GOOGLE: z.object({ CLIENT_ID: text, CLIENT_SECRET: text, REDIRECT_URI: z.optional(url) }),
    GMAIL: z.object({ PUBSUB_TOPIC: text, PUSH_SERVICE_ACCOUNT: text }),
  };
}

/** Reads groups of variables and collects what is wrong, so that all of it is told at once. */
class Reader {
  readonly problems: string[] = [];
  readonly #variables: Map<string, string>;

  constructor(environment: Environment) {
    const set = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ''] as const);
    this.#variables = new Map(set.filter(([, value]) => value !== ''));
  }

  has(prefix: string): boolean {
    return [...this.#variables.keys()].some((name) => name.startsWith(prefix));
  }

  /** The variables behind a prefix, as the schema wants them; `undefined` where something is wrong with them. */
  read<T>(schema: z.ZodMiniType<T>, prefix = ''): T | undefined {
    const own = [...this.#variables].filter(([name]) => name.startsWith(prefix));
    const result = schema.safeParse(
      Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])),
    );
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues)
      this.problems.push(`${prefix}${path.join('.')} ${message}`);
    return undefined;
  }

  azureDevOps(): AzureDevOpsOptions | undefined {
    const name = 'AZURE_DEVOPS_REDIRECT_URI';
    // Where the environment names none it is the context's own, which is not known here.
    const variables: Record<string, string> = {
      [name]: 'https://context.invalid',
      ...Object.fromEntries(this.#variables),
    };
    if (!this.#variables.has('AZURE_DEVOPS_CLIENT_ID') && !this.#variables.has(name)) delete variables[name];
    try {
      const { organizationUrl, project, oauth } = readAdoEnvironment(variables);
      const token = this.#variables.get('AZURE_DEVOPS_PAT');
      return { organizationUrl, project, token, ...oauth, redirectUri: this.#variables.get(name) };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.problems.push(...error.message.replace(/\.$/, '').split('; '));
      return undefined;
    }
  }
}

type App = { CLIENT_ID: string; CLIENT_SECRET: string; REDIRECT_URI?: string | undefined };

function appOf(app: App): AppOptions {
  return { clientId: app.CLIENT_ID, clientSecret: app.CLIENT_SECRET, redirectUri: app.REDIRECT_URI };
}

/**
 * Reads the variables that the integration guide names, and those of Entra and of Gmail's topic. A provider of which no
 * variable is set is not there. Throws one {@link ConfigurationError} that names every missing or malformed variable,
 * and no value.
 */
export function readEnvironment(environment: Environment): EnvironmentOptions {
  const reader = new Reader(environment);
  const schemas = makeSchemas();
  const application = reader.read(schemas.application);
  const ticktick = reader.has('TICKTICK_') ? reader.read(schemas.TICKTICK, 'TICKTICK_') : undefined;
  const isGoogle = reader.has('GOOGLE_') || reader.has('GMAIL_');
  const google = isGoogle ? reader.read(schemas.GOOGLE, 'GOOGLE_') : undefined;
  const gmail = reader.has('GMAIL_') ? reader.read(schemas.GMAIL, 'GMAIL_') : undefined;
  const azureDevOps = reader.has('AZURE_DEVOPS_') ? reader.azureDevOps() : undefined;
  if (application === undefined || reader.problems.length > 0) {
    throw new ConfigurationError(`The environment is not complete: ${reader.problems.join('; ')}.`);
  }
  return {
    baseUrl: application.BACKEND_URL,
    frontendUrl: application.FRONTEND_URL,
    providers: {
      ...(ticktick && { ticktick: appOf(ticktick) }),
      ...(google && {
        google: {
          ...appOf(google),
          ...(gmail && { pubsubTopic: gmail.PUBSUB_TOPIC, pushServiceAccount: gmail.PUSH_SERVICE_ACCOUNT }),
        },
      }),
      ...(azureDevOps && { azureDevOps }),
    },
  };
}
