import { ConfigurationError } from '../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { ClientAuthentication, OAuthProvider } from './provider.ts';

const PROVIDER: OptionTypes<OAuthProvider> = {
  id: 'string',
  issuer: 'string',
  authorizationEndpoint: 'string',
  tokenEndpoint: 'string',
  revocationEndpoint: 'string',
  endpointHosts: 'list',
  identify: 'function',
  revocationEndsAccount: 'boolean',
  clientAuthentication: 'string',
  defaultScopes: 'list',
  widerScopes: 'object',
  applicationScopes: 'list',
  authorizationParameters: 'object',
  offlineParameters: 'object',
  scopeWithCode: 'boolean',
  openid: 'boolean',
  otherIssuers: 'list',
  issuerInCallback: 'boolean',
  bearerTokenTypes: 'list',
};

const AUTHENTICATIONS: readonly ClientAuthentication[] = ['basic', 'basic-raw', 'post', 'none'];

/** Throws {@link ConfigurationError} naming a member that no provider has, or one of another type than its own. */
export function checkProvider(provider: OAuthProvider): void {
  checkObject(provider, 'provider');
  const fail = (name: string, problem: string): Error =>
    new ConfigurationError(`provider.${name} ${problem}.`, { service: provider.id });
  checkOptions(provider, PROVIDER, fail);
  const { clientAuthentication } = provider;
  if (clientAuthentication !== undefined && !AUTHENTICATIONS.includes(clientAuthentication))
    throw fail('clientAuthentication', `must be one of ${AUTHENTICATIONS.join(', ')}`);
}
