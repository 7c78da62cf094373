import type { ServiceRequest } from '../../http/service.ts';
import type { Grants } from '../../oauth/grants.ts';
import { allowedScopes } from '../entra/scopes.ts';
import { unauthorized } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import { DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL } from '../organization/person.ts';
import type { Caller } from './caller.ts';
import type { PersonalAccessTokens } from './personal-access-tokens.ts';

/** What credentials are checked against. */
export interface Credentials {
  readonly tokens: PersonalAccessTokens;
  readonly grants: Grants;
}

/**
 * Who makes the request; `nobody`: there is no credential at all, `unknown`: one that is not good. One that is good
 * but not for this organization is refused with TF400813.
 */
export function authorize(
  { headers }: ServiceRequest,
  organization: Organization,
  { tokens, grants }: Credentials,
): Caller | 'nobody' | 'unknown' {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(headers.get('authorization') ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case '':
      return headers.has('authorization') ? 'unknown' : 'nobody';
    case 'basic':
      return byToken(passwordOf(value), organization, tokens);
    case 'bearer':
      return byGrant(value, organization, grants);
    default:
      return 'unknown';
  }
}

function byToken(text: string, organization: Organization, tokens: PersonalAccessTokens): Caller | 'unknown' {
  const token = tokens.authorize(text);
  if (!token) return 'unknown';
  if (token.organization !== organization.name) throw unauthorized(401, token.person.displayName);
  return { person: token.person, scopes: token.scopes, credential: 'pat' };
}

function byGrant(accessToken: string, organization: Organization, grants: Grants): Caller | 'unknown' {
  const grant = grants.authorize(accessToken);
  const person = [...DEMO_PEOPLE, DEMO_SERVICE_PRINCIPAL].find(
    ({ uniqueName }) => uniqueName === grant?.consent.account,
  );
  if (!grant || !person) return 'unknown';
  if (!organization.allowsOAuth) throw unauthorized(401, person.displayName);
  return { person, scopes: allowedScopes(grant.scopes) ?? [], credential: 'bearer' };
}

/** Any user name is accepted. */
function passwordOf(encoded: string): string {
  try {
    const decoded = atob(encoded);
    return decoded.slice(decoded.indexOf(':') + 1);
  } catch {
    return '';
  }
}
