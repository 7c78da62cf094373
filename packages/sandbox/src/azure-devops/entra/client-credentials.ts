import { ALL_SCOPES, readScopes } from '../access/caller.ts';
import { DEMO_SERVICE_PRINCIPAL } from '../organization/person.ts';
import type { AzureDevOpsApp } from './app.ts';
import { EntraFailure } from './entra-failure.ts';
import type { Grant } from './grants.ts';
import { azureDevOpsResource } from './scopes.ts';

/** An app's own identity: only with a secret, at its own tenant, for `.default` alone, and without a refresh token. */
export function grantToApp(tenant: string, form: URLSearchParams, app: AzureDevOpsApp): Grant {
  const scope = form.get('scope') ?? '';
  if (tenant === 'organizations' || tenant === 'common') {
    throw new EntraFailure(
      'invalid_request',
      50059,
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    );
  }
  if (app.clientSecret === undefined) {
    throw new EntraFailure('unauthorized_client', 700024, 'A public client cannot use its own identity.');
  }
  if (scope !== `${azureDevOpsResource}/.default`) {
    throw new EntraFailure(
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  return appGrant(app);
}

export function appGrant({ clientId }: AzureDevOpsApp): Grant {
  return {
    person: DEMO_SERVICE_PRINCIPAL,
    clientId,
    scopes: readScopes(ALL_SCOPES) ?? [],
    scopeText: `${azureDevOpsResource}/.default`,
    offline: false,
    revoked: false,
  };
}
