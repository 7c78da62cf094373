import { emptyResponse } from '../../http/responses.ts';
import type { EmulatedService } from '../../http/service.ts';
import { beginDevice, decideDevice } from '../../oauth/device.ts';
import { createOAuthReceiver, oauthRoutes } from '../../oauth/routes.ts';
import type { OAuthServer } from '../../oauth/server.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import { entraIdentityRoutes, GRAPH_HOST } from './identity.ts';

const HOST = 'login.microsoftonline.com';

/** Entra ID's v2.0 endpoints, and what Microsoft Graph says of who signed in. */
export function createEntraService(
  server: OAuthServer,
  people: readonly AzureDevOpsPerson[],
): EmulatedService {
  const base = `/${HOST}/{tenant}/oauth2/v2.0`;
  const receive = createOAuthReceiver(server, [
    ...oauthRoutes(`${base}/authorize`, `${base}/token`),
    { operation: 'oauth.device', method: 'POST', path: `${base}/devicecode`, handle: beginDevice },
    { operation: 'oauth.device.page', method: 'GET', path: `/${HOST}/device`, handle: decideDevice },
    { operation: 'oauth.device.consent', method: 'POST', path: `/${HOST}/device`, handle: decideDevice },
    ...entraIdentityRoutes(people),
  ]);
  return {
    hosts: [HOST, GRAPH_HOST],
    receive: (request) =>
      receive(request, `/${request.host}${request.path}`) ?? {
        operation: undefined,
        answer: async () => ({ response: emptyResponse(404) }),
      },
  };
}
