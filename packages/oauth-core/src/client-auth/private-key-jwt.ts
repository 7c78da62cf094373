import { toBase64 } from '../crypto/base64.ts';
import type { CryptoKeyHandle } from '../crypto/keys.ts';
import { ConfigurationError } from '../errors/index.ts';
import type { ClientAssertion } from '../oauth/client-assertion.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import { loadedOnce } from '../timing/loaded-once.ts';
import { signedJwt } from './signed-jwt.ts';
import { checkSigner, pemBytes, type SigningAlgorithm, signingKey } from './signing-key.ts';

/** A key that the provider knows the other half of. */
export interface PrivateKeyJwtOptions {
  /** PEM text (PKCS #8), or a key of WebCrypto, which need not be extractable. */
  key: string | CryptoKeyHandle;
  /** How the key signs. Default: `PS256`, which Entra asks for. */
  algorithm?: SigningAlgorithm | undefined;
  /** `kid` of the header, where the provider finds the public key by it. */
  keyId?: string | undefined;
  /** The certificate in PEM, for Entra, which finds the public key by its thumbprint (`x5t#S256`). */
  certificate?: string | undefined;
  /** Default: the token endpoint's URL, as Entra and RFC 7523 want it. Some providers want their issuer. */
  audience?: string | undefined;
}

const OPTIONS: OptionTypes<PrivateKeyJwtOptions> = {
  key: 'string|object',
  algorithm: 'string',
  keyId: 'string',
  certificate: 'string',
  audience: 'string',
};

/**
 * Proves an app with its private key (`private_key_jwt`, OpenID Connect Core §9), for the option `clientAssertion`. Each
 * assertion is new and lives for a minute. Throws {@link ConfigurationError} naming what is missing.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function privateKeyJwt(options: PrivateKeyJwtOptions): ClientAssertion {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { key, algorithm = 'PS256', keyId, certificate, audience } = options;
  checkSigner(key, algorithm);
  const der = certificate === undefined ? undefined : pemBytes(certificate, 'CERTIFICATE');
  if (certificate !== undefined && der === undefined) throw new ConfigurationError('certificate is not PEM.');
  const signer = loadedOnce(() => signingKey(key, algorithm));
  return async ({ clientId, tokenEndpoint }) => {
    return await signedJwt(await signer(), {
      header: { ...(keyId && { kid: keyId }), ...(der && { 'x5t#S256': await thumbprint(der) }) },
      payload: { iss: clientId, sub: clientId, aud: audience ?? tokenEndpoint },
    });
  };
}

async function thumbprint(der: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return toBase64(hash).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
