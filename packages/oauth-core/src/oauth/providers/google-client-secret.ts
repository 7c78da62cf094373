import { ConfigurationError } from '../../errors/index.ts';
import { conceal } from '../../redaction/conceal.ts';

/** The app that a `client_secret.json` describes. `util.inspect` shows no secret. */
export interface GoogleApp {
  clientId: string;
  clientSecret: string;
  /** As registered with Google. */
  redirectUris: readonly string[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function misfit(problem: string): ConfigurationError {
  return new ConfigurationError(`client_secret.json ${problem}.`, { service: 'google' });
}

function contentOf(file: unknown): unknown {
  if (typeof file !== 'string') return file;
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
  return conceal({ clientId, clientSecret, redirectUris }, (shown) => ({
    ...shown,
    clientSecret: '[redacted]',
  }));
}
