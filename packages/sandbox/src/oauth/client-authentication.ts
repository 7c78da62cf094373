import type { ServiceRequest } from '../http/service.ts';
import { appOfAssertion, hasAssertion } from './client-assertion.ts';
import type { OAuthApp } from './profile.ts';
import { failure, formParameter, type OAuthServer, refuse } from './server.ts';

/** The app that asks for tokens. */
export interface AuthenticatedClient {
  readonly app: OAuthApp;
  /** Whether it showed its secret. */
  readonly confidential: boolean;
}

/** Reads an assertion, HTTP Basic, or `client_id` and `client_secret` in the form, or `client_id` alone. */
export async function authenticateClient(
  server: OAuthServer,
  request: Pick<ServiceRequest, 'headers' | 'host' | 'path'>,
  form: URLSearchParams,
): Promise<AuthenticatedClient> {
  if (hasAssertion(form)) {
    const app = await appOfAssertion(server, form, `https://${request.host}${request.path}`);
    return { app, confidential: true };
  }
  const authorization = request.headers.get('authorization');
  const basic = readBasic(server, authorization, form);
  const clientId = basic?.clientId ?? formParameter(server, form, 'client_id');
  const app = server.apps.get(clientId);
  if (!app) throw failure(server, 'unknownClient', clientId);
  const secret = basic?.clientSecret ?? form.get('client_secret') ?? undefined;
  const hasProof = app.clientSecret !== undefined || app.publicKeys !== undefined;
  if (secret === undefined && hasProof) refuse(server, 'missingSecret');
  if (secret !== undefined && app.clientSecret === undefined) refuse(server, 'unexpectedSecret');
  if (secret !== undefined && secret !== app.clientSecret) throw failure(server, 'wrongSecret');
  return { app, confidential: secret !== undefined };
}

/** Undefined if there are no such credentials, or malformed ones that the provider ignores. */
function readBasic(
  server: OAuthServer,
  authorization: string | null,
  form: URLSearchParams,
): { clientId: string; clientSecret: string } | undefined {
  if (authorization === null) return undefined;
  if (form.has('client_secret')) refuse(server, 'twoCredentials');
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  try {
    const [clientId = '', ...rest] = atob(encoded).split(':');
    const { decodeBasic } = server.profile;
    return { clientId: decodeBasic(clientId), clientSecret: decodeBasic(rest.join(':')) };
  } catch {
    refuse(server, 'malformedBasic');
    return undefined;
  }
}
