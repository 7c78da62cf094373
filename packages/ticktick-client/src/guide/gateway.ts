import type { RateLimit } from '@context-sdk/oauth-core';
import { checkObject, checkOptions, isLoopback, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type { Identify, OAuthProvider } from '@context-sdk/oauth-core/providers';
import { errors } from '../errors.ts';
import { GUIDE_LIMITS } from '../limits.ts';
import type { GatewayRoutes } from './dialect.ts';

/** A server that speaks the integration guide's wire format. */
export interface TickTickGatewayOptions {
  /** Such as `https://gateway.example`, or http on this machine. Tokens and the app's secret go nowhere else. */
  origin: string;
  /** Reads who has signed in, since the guide has no route for it. Without it, accounts are unknown. */
  identify?: Identify | undefined;
  /** Default: `/oauth/authorize`. */
  authorizationPath?: string | undefined;
  /** Default: `/oauth/token`. */
  tokenPath?: string | undefined;
  /** Where a disconnect ends the grant (RFC 7009). Default: nowhere, as in the guide. */
  revocationPath?: string | undefined;
  /** Default: `/open/v1`. */
  apiPath?: string | undefined;
  /** Routes beyond the guide's. */
  routes?: GatewayRoutes | undefined;
  /** Default: the guide's 100 requests in a minute. */
  limits?: readonly RateLimit[] | undefined;
}

/** All options of a gateway, to spread into those of `TickTickClient` and of the context's `providers.ticktick`. */
export interface TickTickGateway {
  /** For `OAuthClient`. */
  provider: OAuthProvider;
  dialect: 'guide';
  baseUrl: string;
  limits: readonly RateLimit[];
  identify?: Identify;
  routes?: GatewayRoutes;
}

const OPTIONS: OptionTypes<TickTickGatewayOptions> = {
  origin: 'string',
  identify: 'function',
  authorizationPath: 'string',
  tokenPath: 'string',
  revocationPath: 'string',
  apiPath: 'string',
  routes: { complete: 'string', delete: 'string' },
  limits: 'list',
};

/** Describes a gateway. Throws {@link ConfigurationError} naming the option that can't work. */
export function tickTickGateway(options: TickTickGatewayOptions): TickTickGateway {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS, (name, problem) => errors.misconfigured(`${name} ${problem}.`));
  const {
    origin,
    identify,
    authorizationPath = '/oauth/authorize',
    tokenPath = '/oauth/token',
    revocationPath,
    apiPath = '/open/v1',
    routes,
    limits = GUIDE_LIMITS,
  } = options;
  checkOrigin(origin);
  const urlOf = (option: string, path: string): string => {
    if (typeof path === 'string' && /^(\/[\w.~-]+)+$/.test(path)) return `${new URL(origin).origin}${path}`;
    throw errors.misconfigured(`${option} must be a path, such as /oauth/token.`);
  };
  return {
    provider: {
      id: 'ticktick',
      issuer: new URL(origin).origin,
      authorizationEndpoint: urlOf('authorizationPath', authorizationPath),
      tokenEndpoint: urlOf('tokenPath', tokenPath),
      ...(revocationPath && { revocationEndpoint: urlOf('revocationPath', revocationPath) }),
      // The guide posts id and secret as fields of the form.
      clientAuthentication: 'post',
      defaultScopes: ['tasks:read', 'tasks:write'],
      ...(identify && { identify }),
    },
    dialect: 'guide',
    baseUrl: urlOf('apiPath', apiPath),
    limits,
    ...(identify && { identify }),
    ...(routes && { routes }),
  };
}

function checkOrigin(origin: string): void {
  const url = typeof origin === 'string' ? URL.parse(origin) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  const isOrigin = url !== null && url.origin === origin.replace(/\/$/, '');
  if (!isSafe || !isOrigin) {
    throw errors.misconfigured(
      'origin must look like https://gateway.example, without a path; http is only for this machine.',
    );
  }
}
