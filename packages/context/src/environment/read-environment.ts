import { readAdoEnvironment } from '@context-sdk/ado-client/environment';
import { ConfigurationError } from '@context-sdk/oauth-core';
import { isLoopback } from '@context-sdk/oauth-core/client-kit';
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

/** What a variable has to be. */
type Kind = 'text' | 'url' | 'url or absent';

const APPLICATION = { BACKEND_URL: 'url', FRONTEND_URL: 'url or absent' } as const;
const APP = { CLIENT_ID: 'text', CLIENT_SECRET: 'text', REDIRECT_URI: 'url or absent' } as const;
const GMAIL_PUSHES = { PUBSUB_TOPIC: 'text', PUSH_SERVICE_ACCOUNT: 'text' } as const;

type Values<Kinds> = {
  [Name in keyof Kinds]: Kinds[Name] extends 'url or absent' ? string | undefined : string;
};

/**
 * Reads the integration guide's variables, and those of Entra and of Gmail's topic. A provider without any of its variables is left
 * out. Throws one {@link ConfigurationError} that names every missing or malformed variable, and shows no value. Overrides count as variables.
 */
export function readEnvironment(
  environment: Environment,
  overrides?: EnvironmentOverrides,
): EnvironmentOptions {
  const reader = new EnvironmentReader(environment, overriddenVariables(overrides ?? {}));
  const application = reader.read(APPLICATION);
  const ticktick = reader.hasApp('TICKTICK_') ? reader.read(APP, 'TICKTICK_') : undefined;
  const usesGmail = reader.has(...GMAIL);
  const google = usesGmail || reader.hasApp('GOOGLE_') ? reader.read(APP, 'GOOGLE_') : undefined;
  const gmail = usesGmail ? reader.read(GMAIL_PUSHES, 'GMAIL_') : undefined;
  const usesAzureDevOps = reader.has(...AZURE_DEVOPS) || reader.hasApp('AZURE_DEVOPS_');
  const azureDevOps = usesAzureDevOps
    ? reader.readAzureDevOps(overrides?.providers?.azureDevOps ?? {})
    : undefined;
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

function appOptions(app: Values<typeof APP>): AppOptions {
  return { clientId: app.CLIENT_ID, clientSecret: app.CLIENT_SECRET, redirectUri: app.REDIRECT_URI };
}

function filled(environment: Environment): Map<string, string> {
  const trimmed = Object.entries(environment).map(
    ([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const,
  );
  return new Map(trimmed.filter(([, value]) => value !== ''));
}

function problemOf(value: string | undefined, kind: Kind): string | undefined {
  if (value === undefined) return kind === 'url or absent' ? undefined : 'is missing';
  return kind === 'text' ? undefined : urlProblem(value);
}

function urlProblem(value: string): string | undefined {
  const url = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
  if (url === null) return 'is not an http or https URL';
  const isSafe = url.protocol === 'https:' || isLoopback(url);
  return isSafe ? undefined : 'must use https; http is only for this machine';
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

  /** The variables with a prefix. `undefined` if there are problems. */
  read<const Kinds extends Record<string, Kind>>(kinds: Kinds, prefix = ''): Values<Kinds> | undefined {
    const before = this.problems.length;
    const entries = Object.entries(kinds).map(([name, kind]) => {
      const value = this.#variables.get(`${prefix}${name}`);
      const problem = problemOf(value, kind);
      if (problem !== undefined) this.problems.push(`${prefix}${name} ${problem}`);
      return [name, value];
    });
    if (this.problems.length > before) return undefined;
    return Object.fromEntries(entries) as Values<Kinds>;
  }

  readAzureDevOps({ allowedHosts, allowHttp }: AzureDevOpsOptions): AzureDevOpsOptions | undefined {
    const redirectName = 'AZURE_DEVOPS_REDIRECT_URI';
    const redirectUri = this.#variables.get(redirectName);
    const problem = problemOf(redirectUri, 'url or absent');
    if (problem !== undefined) this.problems.push(`${redirectName} ${problem}`);
    const variables: Record<string, string> = Object.fromEntries(this.#variables);
    if (this.#variables.has('AZURE_DEVOPS_CLIENT_ID')) {
      // The client requires a redirect URI. That of the context is checked above, and its default is not known here.
      variables[redirectName] = 'https://context.invalid';
    }
    try {
      const { organizationUrl, project, oauth } = readAdoEnvironment(variables, { allowedHosts, allowHttp });
      const token = this.#variables.get('AZURE_DEVOPS_PAT');
      return { organizationUrl, project, token, ...oauth, redirectUri };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.problems.push(...error.message.replace(/\.$/, '').split('; '));
      return undefined;
    }
  }
}
