import type * as oauth4webapi from 'oauth4webapi';
import type { AuthorizationServer, ClientAuth } from 'oauth4webapi';
import { ConfigurationError } from '../errors/index.ts';
import { checkedUrl } from '../urls/safe-url.ts';
import { checkProvider } from './check-provider.ts';
import { assertedBy, type ClientAssertion } from './client-assertion.ts';
import type { OAuthProvider } from './provider.ts';

/** oauth4webapi, loaded with the first sign-in or refresh: a process that only spends tokens never needs it. */
export type OAuthLibrary = typeof oauth4webapi;

export function loadLibrary(): Promise<OAuthLibrary> {
  return import('oauth4webapi');
}

function clientSecretBasicRaw(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const credentials = new TextEncoder().encode(`${client.client_id}:${secret}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...credentials))}`);
  };
}

/** By what an app proves itself: one of them, or nothing. */
export interface AppProof {
  clientSecret?: string | undefined;
  clientAssertion?: ClientAssertion | undefined;
}

/** How this client proves itself, in the form that oauth4webapi takes. */
export function clientAuthentication(
  { None, ClientSecretBasic, ClientSecretPost }: OAuthLibrary,
  { id, clientAuthentication: method }: Pick<OAuthProvider, 'id' | 'clientAuthentication'>,
  { clientSecret: secret, clientAssertion }: AppProof,
): ClientAuth {
  if (clientAssertion !== undefined) return assertedBy(clientAssertion, id);
  if (secret === undefined || method === 'none') return None();
  if (method === 'post') return ClientSecretPost(secret);
  return method === 'basic' ? ClientSecretBasic(secret) : clientSecretBasicRaw(secret);
}

/** The redirect URI unchanged, since the provider compares it letter by letter. */
export function checkedRedirectUri(redirectUri: string, service: string): string {
  const url = checkedUrl('redirectUri', redirectUri, service);
  if (url.hash) throw new ConfigurationError('redirectUri has a fragment.', { service });
  return redirectUri;
}

/**
 * Throws {@link ConfigurationError} if an endpoint is at another host than the token endpoint, and the provider doesn't
 * list both: what is left of a replaced provider would get the tokens and the secret of the new one.
 */
function checkEndpointHosts(provider: OAuthProvider): void {
  const service = provider.id;
  checkedUrl('tokenEndpoint', provider.tokenEndpoint, service);
  const endpoints = ['authorizationEndpoint', 'tokenEndpoint', 'revocationEndpoint'] as const;
  const located = endpoints.flatMap((name) => {
    const endpoint = provider[name];
    return endpoint ? [{ name, host: checkedUrl(name, endpoint, service).hostname }] : [];
  });
  const tokenHost = new URL(provider.tokenEndpoint).hostname;
  const { endpointHosts = [] } = provider;
  const other = located.find(({ host }) => host !== tokenHost);
  if (other === undefined || located.every(({ host }) => endpointHosts.includes(host))) return;
  const { name, host } = other;
  const problem = `${name} is at ${host}, but tokenEndpoint is at ${tokenHost}.`;
  const wayOut = `Replace or remove it, or list both hosts in the provider's endpointHosts.`;
  throw new ConfigurationError(`${problem} ${wayOut}`, { service });
}

/** The provider in the form that oauth4webapi takes. */
export function authorizationServer(provider: OAuthProvider): AuthorizationServer {
  checkProvider(provider);
  checkEndpointHosts(provider);
  return {
    issuer: provider.issuer,
    authorization_endpoint: provider.authorizationEndpoint,
    token_endpoint: provider.tokenEndpoint,
    ...(provider.revocationEndpoint && { revocation_endpoint: provider.revocationEndpoint }),
    ...(provider.issuerInCallback && { authorization_response_iss_parameter_supported: true }),
  };
}
