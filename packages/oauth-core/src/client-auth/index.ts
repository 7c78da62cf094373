/** Ways in which an app proves itself other than by a secret. */
export type { CryptoKeyHandle } from '../crypto/keys.ts';
export type { AssertionRequest, ClientAssertion } from '../oauth/client-assertion.ts';
export type { DpopKeys } from '../oauth/oauth-client-options.ts';
export { dpopFetch, type DpopFetchOptions } from './dpop-fetch.ts';
export { privateKeyJwt, type PrivateKeyJwtOptions } from './private-key-jwt.ts';
export { googleServiceAccount, type ServiceAccountOptions } from './service-account.ts';
export type { SigningAlgorithm } from './signing-key.ts';
