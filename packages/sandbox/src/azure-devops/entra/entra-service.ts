import { emptyResponse } from '../../http/responses.ts';
import type { EmulatedService } from '../../http/service.ts';
import { createOAuthReceiver, oauthRoutes } from '../../oauth/routes.ts';
import type { OAuthServer } from '../../oauth/server.ts';

/** Entra ID's v2.0 endpoints. */
export function createEntraService(server: OAuthServer): EmulatedService {
  const base = '/{tenant}/oauth2/v2.0';
  const receive = createOAuthReceiver(server, oauthRoutes(`${base}/authorize`, `${base}/token`));
  return {
    hosts: ['login.microsoftonline.com'],
    receive: (request) =>
      receive(request) ?? { operation: undefined, answer: async () => ({ response: emptyResponse(404) }) },
  };
}
