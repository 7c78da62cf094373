import { ConfigurationError } from '../../errors/index.ts';
import { isObject } from '../../json/json-object.ts';
import { hideFromInspect } from '../../redaction/hide-from-inspect.ts';
import type { OAuthProvider } from '../provider.ts';
import { GOOGLE_WIDER_SCOPES } from './google-scopes.ts';

/**
 * Google, with the scopes for calendars and mail drafts. Users may leave boxes unchecked, so compare the scopes of the
 * token set with what the host needs. While an app's publishing status is "Testing", refresh tokens end after 7 days.
 * https://developers.google.com/identity/protocols/oauth2/web-server
 */
export const google: OAuthProvider = {
  id: 'google',
  issuer: 'https://accounts.google.com',
  otherIssuers: ['accounts.google.com'],
  authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
  endpointHosts: ['accounts.google.com', 'oauth2.googleapis.com'],
  revocationEndsAccount: true,
  clientAuthentication: 'post',
  defaultScopes: [
    'https://www.googleapis.com/auth/calendar',
    'https://www.googleapis.com/auth/gmail.compose',
    'openid',
    'email',
  ],
  widerScopes: GOOGLE_WIDER_SCOPES,
  authorizationParameters: { access_type: 'offline', include_granted_scopes: 'true' },
  // Google issues a refresh token at the first consent only, unless it is asked to ask again.
  offlineParameters: { prompt: 'consent' },
  openid: true,
};

/** The app that a `client_secret.json` describes. `util.inspect` shows no secret. */
export interface GoogleApp {
  clientId: string;
  clientSecret: string;
  /** As registered with Google. */
  redirectUris: readonly string[];
}

function misfit(problem: string): ConfigurationError {
  return new ConfigurationError(`client_secret.json ${problem}.`, { service: 'google' });
}

function contentOf(file: unknown): unknown {
  if (file === undefined || file === null) throw misfit('is missing');
  if (typeof file !== 'string') return file;
  if (file.trim() === '') throw misfit('is missing');
  try {
    return JSON.parse(file);
  } catch {
    // The parser's own words would repeat the text, secret and all.
    throw misfit('is not JSON');
  }
}

/**
 * Reads the `client_secret.json` that the Google Cloud console offers for download, as text or parsed: of a web app or an
 * installed one. Throws {@link ConfigurationError} naming what is missing.
 */
export function parseGoogleClientSecret(file: unknown): GoogleApp {
  const content = contentOf(file);
  const app = isObject(content) ? (content['web'] ?? content['installed']) : undefined;
  if (!isObject(app)) throw misfit('has neither "web" nor "installed": is it the key of a service account?');
  const { client_id: clientId, client_secret: clientSecret, redirect_uris: uris = [] } = app;
  if (typeof clientId !== 'string' || clientId === '') throw misfit('has no client_id');
  if (typeof clientSecret !== 'string' || clientSecret === '') throw misfit('has no client_secret');
  const redirectUris = Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string') : [];
  return hideFromInspect({ clientId, clientSecret, redirectUris }, (shown) => ({
    ...shown,
    clientSecret: '[redacted]',
  }));
}
