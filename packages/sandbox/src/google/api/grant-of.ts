import type { ServiceRequest } from '../../http/service.ts';
import type { Grant, Grants } from '../../oauth/grants.ts';

/** What a request's token allows, if it is good: from its header or, as discovery has it, from its query. */
export function grantOf(grants: Grants, { headers, query }: ServiceRequest): Grant | undefined {
  const token = query.get('access_token') ?? query.get('oauth_token');
  const header = headers.get('authorization');
  return header === null && token !== null ? grants.authorize(token) : grants.authorizeBearer(header);
}
