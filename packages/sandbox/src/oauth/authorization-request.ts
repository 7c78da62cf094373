import type { OAuthApp, RequestDetails } from './profile.ts';
import { type CodeChallenge, failure, type OAuthServer, refuse } from './server.ts';

/** Where the browser goes back to. */
export interface Target {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly responseMode: ResponseMode;
}

/** How the parameters reach the app: OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode. */
export type ResponseMode = (typeof RESPONSE_MODES)[number];

const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const;

/** What an app asks of a user. */
export interface AuthorizationRequest extends Target, Required<RequestDetails> {
  readonly codeChallenge: CodeChallenge | undefined;
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
  return { app, redirectUri, state: params.get('state'), responseMode: readResponseMode(server, params) };
}

function readResponseMode(server: OAuthServer, params: URLSearchParams): ResponseMode {
  const wanted = server.profile.takesResponseModes ? (params.get('response_mode') ?? 'query') : 'query';
  const mode = RESPONSE_MODES.find((one) => one === wanted);
  if (mode === undefined) throw failure(server, 'wrongResponseMode', wanted);
  return mode;
}

export function readRequest(
  server: OAuthServer,
  params: URLSearchParams,
  target: Target,
): AuthorizationRequest {
  if (params.get('response_type') !== 'code') throw failure(server, 'wrongResponseType');
  const details = server.profile.readRequest(params);
  const codeChallenge = readChallenge(server, params);
  if (codeChallenge === undefined && target.app.clientSecret === undefined)
    refuse(server, 'challengeRequired');
  const defaults = {
    account: server.signedIn,
    optionalScopes: [],
    openId: [],
    prompts: new Set<string>(),
    includeGranted: false,
  };
  return { ...defaults, ...details, ...target, codeChallenge, params };
}

function readChallenge(server: OAuthServer, params: URLSearchParams): CodeChallenge | undefined {
  const value = params.get('code_challenge');
  if (value === null) return undefined;
  const method = params.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && !(method === 'plain' && server.profile.takesPlainChallenges)) {
    throw failure(server, 'invalidChallenge');
  }
  return { method, value };
}
