import type { AccessTokenSource } from '@context-sdk/oauth-core';
import { ConfigurationError } from '@context-sdk/oauth-core/errors';
import { microsoftEntra, type OAuthProvider } from '@context-sdk/oauth-core/providers';
import { misconfigured, SERVICE } from '../errors.ts';
import { normalizeOrganizationUrl } from '../organization-url.ts';
import { personalAccessToken } from '../personal-access-token.ts';

/** The settings for Azure DevOps in the environment. */
export interface AdoEnvironment {
  /** `AZURE_DEVOPS_ORG_URL` */
  organizationUrl: string;
  /** `AZURE_DEVOPS_PROJECT` */
  project?: string;
  /** `AZURE_DEVOPS_PAT`: one identity for everybody who uses it. */
  auth?: AccessTokenSource;
  /** `AZURE_DEVOPS_CLIENT_ID`, `_CLIENT_SECRET`, `_TENANT`, `_REDIRECT_URI`: what an `OAuthClient` takes. */
  oauth?: { provider: OAuthProvider; clientId: string; clientSecret?: string; redirectUri: string };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reports every problem in one error. */
class Reader {
  readonly problems: string[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  text(name: string): string | undefined {
    return this.#variables[`AZURE_DEVOPS_${name}`]?.trim() || undefined;
  }

  needed(name: string, why: string): string {
    const value = this.text(name);
    if (value === undefined) this.problems.push(`AZURE_DEVOPS_${name} is missing${why}`);
    return value ?? '';
  }

  checked<T>(name: string, check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.problems.push(`AZURE_DEVOPS_${name}: ${error.message.replace(/\.$/, '')}`);
      return undefined;
    }
  }
}

function oauthIn(reader: Reader): AdoEnvironment['oauth'] {
  const clientId = reader.text('CLIENT_ID');
  const clientSecret = reader.text('CLIENT_SECRET');
  const tenant = reader.text('TENANT');
  if (clientId === undefined) {
    const rest = ['CLIENT_SECRET', 'TENANT', 'REDIRECT_URI'].filter(
      (name) => reader.text(name) !== undefined,
    );
    if (rest.length > 0) reader.needed('CLIENT_ID', ` beside AZURE_DEVOPS_${rest[0]}`);
    return undefined;
  }
  const redirectUri = reader.needed('REDIRECT_URI', ' beside AZURE_DEVOPS_CLIENT_ID');
  if (redirectUri !== '' && !URL.canParse(redirectUri))
    reader.problems.push('AZURE_DEVOPS_REDIRECT_URI is not a URL');
  const provider = reader.checked('TENANT', () => microsoftEntra(tenant));
  if (provider === undefined) return undefined;
  return { provider, clientId, ...(clientSecret !== undefined && { clientSecret }), redirectUri };
}

/**
 * Reads the variables that the integration guide names, and those of an Entra app. Throws one
 * {@link ConfigurationError} that names every missing or malformed one, and no value. `allowedHosts` are hosts other than
 * Azure DevOps' own that the organization may be on, and `allowHttp` lets them have no TLS.
 */
export function readAdoEnvironment(
  variables: Variables,
  given?: { allowedHosts?: readonly string[] | undefined; allowHttp?: boolean | undefined },
): AdoEnvironment {
  const { allowedHosts, allowHttp } = given ?? {};
  if (typeof variables !== 'object' || variables === null)
    throw misconfigured('variables must be an object.');
  const reader = new Reader(variables);
  const url = reader.needed('ORG_URL', '');
  const organizationUrl =
    url && reader.checked('ORG_URL', () => normalizeOrganizationUrl(url, allowedHosts, allowHttp));
  const project = reader.text('PROJECT');
  const pat = reader.text('PAT');
  const auth = pat === undefined ? undefined : reader.checked('PAT', () => personalAccessToken(pat));
  const oauth = oauthIn(reader);
  if (reader.problems.length > 0 || !organizationUrl) {
    throw new ConfigurationError(`${reader.problems.join('; ')}.`, { service: SERVICE });
  }
  return {
    organizationUrl,
    ...(project !== undefined && { project }),
    ...(auth !== undefined && { auth }),
    ...(oauth !== undefined && { oauth }),
  };
}
