import { clientCredentials, ConfigurationError, OAuthClient } from '@context-sdk/oauth-core';
import {
  dida365,
  google,
  microsoftEntra,
  type OAuthProvider,
  ticktick,
} from '@context-sdk/oauth-core/providers';
import { describe, expect, test } from 'vitest';

function client(provider: OAuthProvider): OAuthClient {
  const redirectUri = 'https://host.example/callback';
  return new OAuthClient({ provider, clientId: 'id', clientSecret: 'secret', redirectUri });
}

const GATEWAY = {
  tokenEndpoint: 'https://gateway.example/oauth/token',
  authorizationEndpoint: 'https://gateway.example/oauth/authorize',
} as const;
const { tokenEndpoint } = GATEWAY;

describe('15.2: what is left of a replaced provider gets nothing of the new one', () => {
  test.for([
    ['a revocation endpoint', { ...ticktick, ...GATEWAY }, 'revocationEndpoint'],
    ['another region', { ...dida365, ...GATEWAY }, 'revocationEndpoint'],
    ['all but the token endpoint', { ...google, tokenEndpoint }, 'authorizationEndpoint'],
    ['an authorization endpoint', { ...microsoftEntra(), tokenEndpoint }, 'authorizationEndpoint'],
    [
      'an endpoint on this machine',
      { ...ticktick, ...GATEWAY, tokenEndpoint: 'http://127.0.0.1:9000/token' },
      'authorizationEndpoint',
    ],
  ] as const)('%s of the built-in provider is refused', ([, provider, field]) => {
    expect(() => client(provider)).toThrow(ConfigurationError);
    expect(() => client(provider)).toThrow(new RegExp(`^${field} is at .*endpointHosts`));
  });

  test('an app of its own is refused in the same way', () => {
    const provider = { ...google, tokenEndpoint };
    expect(() => clientCredentials({ provider, clientId: 'id', clientSecret: 'secret' })).toThrow(
      'endpointHosts',
    );
  });

  test('hosts that the provider lists are accepted, and the built-in ones list theirs', () => {
    for (const provider of [ticktick, dida365, google, microsoftEntra(), microsoftEntra('contoso.example')]) {
      expect(client(provider).provider).toBe(provider);
    }
    const endpointHosts = ['gateway.example', 'api.ticktick.com'];
    expect(() => client({ ...ticktick, ...GATEWAY, endpointHosts })).not.toThrow();
  });

  test('the list has to name the token endpoint’s host too', () => {
    const endpointHosts = ['api.ticktick.com'];
    expect(() => client({ ...ticktick, ...GATEWAY, endpointHosts })).toThrow(
      'tokenEndpoint is at gateway.example',
    );
  });

  test('other ports of one host are one host', () => {
    const provider: OAuthProvider = {
      id: 'local',
      issuer: 'http://127.0.0.1:9000',
      authorizationEndpoint: 'http://127.0.0.1:9000/authorize',
      tokenEndpoint: 'http://127.0.0.1:9001/token',
      clientAuthentication: 'post',
      defaultScopes: [],
    };
    expect(() => client(provider)).not.toThrow();
  });
});
