import type { AuthorizationServer } from 'oauth4webapi';
import { ConfigurationError } from '../errors/index.ts';
import type { OAuthProvider } from './provider.ts';

/** Whether a URL points to this machine, the only place where plain http is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function checkedUrl(name: string, value: string, service: string): URL {
  if (!URL.canParse(value)) throw new ConfigurationError(`${name} is not a URL.`, { service });
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new ConfigurationError(`${name} must use https; http is only for this machine.`, { service });
  }
  return url;
}

/** The redirect URI as it was given, since the provider compares it letter by letter. */
export function checkedRedirectUri(redirectUri: string, service: string): string {
  const url = checkedUrl('redirectUri', redirectUri, service);
  if (url.hash) throw new ConfigurationError('redirectUri has a fragment.', { service });
  return redirectUri;
}

/** The provider in the form that oauth4webapi takes. */
export function authorizationServer(provider: OAuthProvider): AuthorizationServer {
  const service = provider.id;
  checkedUrl('authorizationEndpoint', provider.authorizationEndpoint, service);
  checkedUrl('tokenEndpoint', provider.tokenEndpoint, service);
  if (provider.revocationEndpoint) checkedUrl('revocationEndpoint', provider.revocationEndpoint, service);
  return {
    issuer: provider.issuer,
    authorization_endpoint: provider.authorizationEndpoint,
    token_endpoint: provider.tokenEndpoint,
    ...(provider.revocationEndpoint && { revocation_endpoint: provider.revocationEndpoint }),
    ...(provider.issuerInCallback && { authorization_response_iss_parameter_supported: true }),
  };
}
