import { isCryptoKey } from '../crypto/keys.ts';
import { ConfigurationError } from '../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { AppProof } from './library.ts';
import type { BeginAuthorizationOptions, DpopKeys, OAuthClientOptions } from './oauth-client-options.ts';

const OPTIONS: OptionTypes<OAuthClientOptions> = {
  provider: 'checked',
  clientId: 'string',
  clientSecret: 'string',
  clientAssertion: 'function',
  dpop: { privateKey: 'checked', publicKey: 'checked' },
  redirectUri: 'string',
  fetch: 'function',
};

const BEGIN_OPTIONS: OptionTypes<BeginAuthorizationOptions> = {
  scopes: 'list',
  loginHint: 'string',
  holdsRefreshToken: 'boolean',
  returnTo: 'string',
  remember: 'object',
  redirectUri: 'string',
};

/** What else a `tickTickGateway` holds, or an app is registered with, which hosts spread into these options. */
const SPREAD = {
  dialect: 'string',
  baseUrl: 'string',
  limits: 'list',
  identify: 'function',
  routes: 'checked',
  name: 'any',
  redirectUris: 'any',
} as const;

/** Throws {@link ConfigurationError} naming the option where one is missing or not safe. */
export function checkClientOptions(options: OAuthClientOptions): void {
  checkObject(options, 'options');
  checkOptions(options, { ...OPTIONS, ...SPREAD });
  checkObject(options.provider, 'provider');
  const { provider, clientId, clientSecret, clientAssertion, dpop } = options;
  if (!clientId) throw new ConfigurationError('clientId is empty.', { service: provider.id });
  if (clientSecret === '') throw new ConfigurationError('clientSecret is empty.', { service: provider.id });
  checkProof(provider.id, { clientSecret, clientAssertion }, dpop);
}

export function checkBeginOptions(options: BeginAuthorizationOptions | null | undefined): void {
  checkOptions(options, BEGIN_OPTIONS);
}

function checkProof(service: string, { clientSecret, clientAssertion }: AppProof, dpop: unknown): void {
  if (clientSecret !== undefined && clientAssertion !== undefined) {
    throw new ConfigurationError('clientSecret and clientAssertion exclude each other.', { service });
  }
  if (dpop === undefined || dpop === null) return;
  checkObject(dpop, 'dpop');
  const { privateKey, publicKey } = dpop as Partial<DpopKeys>;
  if (!isCryptoKey(privateKey) || !isCryptoKey(publicKey)) {
    throw new ConfigurationError('dpop is no pair of a privateKey and a publicKey.', { service });
  }
}
