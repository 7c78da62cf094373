import { ConfigurationError } from '../../errors/index.ts';
import type { OAuthProvider } from '../provider.ts';

/** Azure DevOps, as Entra knows it. */
const RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';

/** https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/oauth */
const WIDER_SCOPES = {
  [`${RESOURCE}/vso.work`]: wider('vso.work_write', 'vso.work_full'),
  [`${RESOURCE}/vso.work_write`]: wider('vso.work_full'),
  [`${RESOURCE}/vso.project`]: wider('vso.project_write', 'vso.project_manage'),
};

/** A tenant's id or one of its domains. */
const TENANT = /^(organizations|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;

/** `user_impersonation` is all that the user may do. */
function wider(...scopes: string[]): string[] {
  return ['user_impersonation', ...scopes].map((scope) => `${RESOURCE}/${scope}`);
}

function misconfigured(problem: string): ConfigurationError {
  return new ConfigurationError(`tenant ${problem}.`, { service: 'azure-devops' });
}

function checkedTenant(tenant: string): string {
  if (typeof tenant !== 'string') throw misconfigured('is not a string');
  if (/^(common|consumers)$/i.test(tenant)) {
    throw misconfigured(
      `must not be ${tenant.toLowerCase()}: Azure DevOps takes no Entra sign-in of a personal account, which needs a personal access token`,
    );
  }
  if (!TENANT.test(tenant)) throw misconfigured("is not a tenant's id, one of its domains, or organizations");
  return tenant.toLowerCase();
}

/**
 * Microsoft Entra ID v2 for Azure DevOps, for users of one tenant (its id or domain) or of any (`organizations`).
 * Refresh tokens rotate; each is good for 90 days. Throws {@link ConfigurationError} for a tenant that can't work.
 * https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/entra-oauth
 */
export function microsoftEntra(tenant = 'organizations'): OAuthProvider {
  const base = `https://login.microsoftonline.com/${checkedTenant(tenant)}`;
  return {
    id: 'azure-devops',
    issuer: `${base}/v2.0`,
    authorizationEndpoint: `${base}/oauth2/v2.0/authorize`,
    tokenEndpoint: `${base}/oauth2/v2.0/token`,
    clientAuthentication: 'post',
    defaultScopes: [`${RESOURCE}/vso.work_write`, `${RESOURCE}/vso.project`, 'offline_access'],
    widerScopes: WIDER_SCOPES,
    applicationScopes: [`${RESOURCE}/.default`],
  };
}
