import { ConfigurationError } from '../errors/index.ts';
import type { AccessTokenSource, Credential, CredentialOptions } from './access-token-source.ts';

/**
 * What a source gives. The tokens of one that knows no grants count as tokens of one grant (docs/decisions/0030). Throws
 * {@link ConfigurationError} for one that gives no text.
 */
export async function credentialOf(
  source: AccessTokenSource,
  options: CredentialOptions,
): Promise<Credential> {
  if (source.getCredential !== undefined) return await source.getCredential(options);
  const token: unknown = await source.getAccessToken(options);
  if (typeof token !== 'string')
    throw new ConfigurationError(
      'auth.getAccessToken() gave no text. Of a client of google-auth-library, give its token.',
    );
  return { token, scheme: source.scheme ?? 'Bearer' };
}
