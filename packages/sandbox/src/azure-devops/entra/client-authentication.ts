import type { AzureDevOpsApp } from './app.ts';
import { EntraFailure, missingParameter, unknownApp } from './entra-failure.ts';

/** Which app asks for a token: by `client_id` and `client_secret` in the form, or by HTTP Basic. */
export function authenticateApp(
  authorization: string | null,
  form: URLSearchParams,
  apps: ReadonlyMap<string, AzureDevOpsApp>,
): AzureDevOpsApp {
  const basic = authorization === null ? undefined : parseBasic(authorization);
  const clientId = basic?.clientId ?? form.get('client_id');
  if (clientId === null) throw missingParameter('client_id');
  const app = apps.get(clientId);
  if (!app) throw unknownApp(clientId);
  checkSecret(app, basic?.clientSecret ?? form.get('client_secret') ?? undefined);
  return app;
}

function checkSecret({ clientSecret }: AzureDevOpsApp, shown: string | undefined): void {
  if (clientSecret === undefined && shown !== undefined) {
    throw new EntraFailure(
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
      401,
    );
  }
  if (clientSecret !== undefined && shown === undefined) {
    throw new EntraFailure(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      401,
    );
  }
  if (clientSecret !== shown) {
    throw new EntraFailure('invalid_client', 7000215, 'Invalid client secret provided.', 401);
  }
}

/** Both halves are form-encoded (RFC 6749 §2.3.1). */
function parseBasic(authorization: string): { clientId: string; clientSecret: string } | undefined {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  try {
    const [clientId = '', ...secret] = atob(encoded).split(':');
    return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(secret.join(':')) };
  } catch {
    return undefined;
  }
}
