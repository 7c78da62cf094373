import type { AccessTokenSource, Credential, CredentialOptions } from './access-token-source.ts';

/** What a source gives. The tokens of one that knows no grants count as tokens of one grant (docs/decisions/0030). */
export async function credentialOf(
  source: AccessTokenSource,
  options: CredentialOptions,
): Promise<Credential> {
  if (source.getCredential !== undefined) return await source.getCredential(options);
  return { token: await source.getAccessToken(options), scheme: source.scheme ?? 'Bearer' };
}
