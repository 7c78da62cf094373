import type { OAuthApp, RequestDetails } from './profile.ts';
import { failure, type OAuthServer, refuse } from './server.ts';

/** Where the browser goes back to. */
export interface Target {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly state: string | null;
}

/** What an app asks of a user. */
export interface AuthorizationRequest extends Target, Required<RequestDetails> {
  readonly codeChallenge: string | undefined;
  readonly params: URLSearchParams;
}

export function readTarget(server: OAuthServer, params: URLSearchParams): Target {
  const { apps, profile } = server;
  const clientId = params.get('client_id') ?? '';
  const app = apps.get(clientId);
  if (!app) throw failure(server, 'unknownApp', clientId);
  const redirectUri = params.get('redirect_uri') ?? '';
  const wanted = profile.comparableUri(redirectUri, app);
  if (!app.redirectUris.some((uri) => profile.comparableUri(uri, app) === wanted)) {
    throw failure(server, 'wrongRedirectUri', redirectUri);
  }
  return { app, redirectUri, state: params.get('state') };
}

export function readRequest(
  server: OAuthServer,
  params: URLSearchParams,
  target: Target,
): AuthorizationRequest {
  if (params.get('response_type') !== 'code') throw failure(server, 'wrongResponseType');
  const details = server.profile.readRequest(params);
  const codeChallenge = params.get('code_challenge') ?? undefined;
  if (codeChallenge === undefined) {
    if (target.app.clientSecret === undefined) refuse(server, 'challengeRequired');
  } else if (params.get('code_challenge_method') !== 'S256') {
    throw failure(server, 'invalidChallenge');
  }
  const defaults = {
    account: server.signedIn,
    optionalScopes: [],
    openId: [],
    prompts: new Set<string>(),
    includeGranted: false,
  };
  return { ...defaults, ...details, ...target, codeChallenge, params };
}
