import { ConfigurationError, type ContextSdkError } from '@context-sdk/oauth-core';
import { checkObject, checkOptions, isObject, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { UserClients } from '../connections/user-clients.ts';
import type { Context } from '../create-context.ts';
import { isOfHost } from '../http/own-origins.ts';
import {
  checkedOptions,
  type CheckedToolsOptions,
  type ContextToolsOptions,
  createTools,
} from '../tools/context-tools.ts';
import { invalidInput } from '../utils/input-checks.ts';
import type { BearerAuth, McpAuthInfo, McpLibrary, McpRequestContext, McpServerLike } from './library.ts';
import { quietVerifier } from './refused-token.ts';
import { type OnWaiting, registerTools } from './register-tools.ts';

/** How an endpoint knows its users, and what their assistants may do. */
export interface McpEndpointOptions extends ContextToolsOptions {
  /** The official SDK: `() => import('@modelcontextprotocol/server')`. */
  library: () => Promise<McpLibrary>;
  /** The host's id of the user who sends a request; with `authorization`, from what the token says. `undefined`: 401. */
  getUser: (
    request: Request,
    token: McpAuthInfo | undefined,
  ) => string | undefined | Promise<string | undefined>;
  /**
   * Lets clients sign in by OAuth 2.1, at an authorization server of the host's choice. Default: `getUser` alone decides, and what pages
   * send of other sites than the host's, its front end's and the `trustedOrigins` is a 403, as the specification asks for.
   */
  authorization?: McpAuthorization | undefined;
  /** Receives what waits on the host's page, since the client can't ask its user. */
  onWaiting?: OnWaiting | undefined;
  /**
   * Receives failures of `authorization.verifier` itself, such as keys that can't be read, and those in a tool that are no errors of
   * this SDK, such as the host's own limiter throws: clients only hear that there is one.
   * The message has the kind of error, but nothing of its text, which may have a token or a secret. What it throws is ignored.
   */
  onError?: ((error: ContextSdkError) => unknown) | undefined;
}

/** Who issues tokens for an endpoint, and how they are verified. */
export interface McpAuthorization {
  /** The URL of the endpoint, which tokens are issued for. */
  resourceUrl: string;
  /** Verifies a token, for example with `jose` or by introspection. Has to reject tokens for another resource. */
  verifier: BearerAuth['verifier'];
  requiredScopes?: string[] | undefined;
  /** The authorization server's own metadata (RFC 8414). */
  metadata: {
    issuer: string;
    authorization_endpoint: string;
    token_endpoint: string;
    response_types_supported: string[];
  };
}

/** An MCP endpoint. */
export interface McpEndpoint {
  /** Serves a request, also for `/.well-known/oauth-protected-resource`: Streamable HTTP, stateless. */
  fetch(request: Request): Promise<Response>;
  /** A server for one user, for other transports such as `serveStdio`. */
  serverFor(userId: string): Promise<McpServerLike>;
  /** Ends requests that are running. */
  close(): Promise<void>;
}

const TOOLS_OPTIONS = {
  timeZone: 'string',
  allow: 'list',
  approve: 'string|function',
  onCall: 'function',
} as const;

const OPTIONS: OptionTypes<McpEndpointOptions> = {
  ...TOOLS_OPTIONS,
  library: 'function',
  getUser: 'function',
  authorization: {
    resourceUrl: 'string',
    verifier: 'object',
    requiredScopes: 'list',
    metadata: 'checked',
  },
  onWaiting: 'function',
  onError: 'function',
};

/** Where a verified user is kept in the SDK's request. */
const USER = 'contextSdkUser';

/** Seconds of a client's cache don't matter: the tools are the same for all requests. */
const CACHE_HINTS = { 'tools/list': { ttlMs: 3_600_000, cacheScope: 'private' } } as const;

/**
 * An endpoint for MCP clients, with the tools of `contextTools`, on the official SDK: the specification of 2026-07-28, and what older
 * clients speak. It keeps nothing between requests, so it can't know what the model has read: calls that reach other people always
 * wait for a person unless a function says otherwise. A client that declares elicitation asks its user itself.
 * Throws {@link InvalidRequestError} for invalid options.
 */
export function createMcpEndpoint(context: Context, options: McpEndpointOptions): McpEndpoint {
  checkObject(options, 'options', invalidInput);
  checkOptions(options, OPTIONS, invalidInput);
  const { library, getUser, onWaiting, onError, authorization: given, ...toolOptions } = options;
  const authorization = given ?? undefined;
  if (typeof library !== 'function') throw invalidInput('library', 'must be a function that imports the SDK');
  if (typeof getUser !== 'function') throw invalidInput('getUser', 'must be a function');
  const checked = checkedOptions(toolOptions);
  if (authorization !== undefined) checkAuthorization(authorization);
  let loading: Promise<Loaded> | undefined;
  const load = (): Promise<Loaded> =>
    (loading ??= loadEndpoint(context, { library, authorization, onWaiting, onError }, checked).catch(
      (error) => {
        // The next request tries again.
        loading = undefined;
        throw error;
      },
    ));
  return {
    async fetch(request) {
      if (!(request instanceof Request)) throw invalidInput('request', 'must be a Request');
      const { sdk, handler, authenticate } = await load();
      const known = metadataResponse(sdk, request, authorization) ?? (await authenticate(request));
      if (known instanceof Response) return known;
      const userId = await getUser(request, known);
      // Without types a host may return the null of a header that is missing.
      if (typeof userId !== 'string' || userId === '')
        return new Response(null, { status: 401, headers: { 'cache-control': 'no-store' } });
      if (authorization === undefined && isOfOtherSite(context, userId, request))
        return new Response(null, { status: 403, headers: { 'cache-control': 'no-store' } });
      const token = known ?? { token: '', clientId: '', scopes: [] };
      return await handler.fetch(request, {
        authInfo: { ...token, extra: { ...token.extra, [USER]: userId } },
      });
    },
    async serverFor(userId) {
      return (await load()).serverFor(userId);
    },
    async close() {
      if (loading !== undefined) await (await loading).handler.close();
    },
  };
}

/** Whether a page of another site sent the request: browsers send cookies with those, too. Programs send no origin. */
function isOfOtherSite(context: Context, userId: string, { headers }: Request): boolean {
  const origin = headers.get('origin');
  return origin !== null && !isOfHost(UserClients.optionsOf(context.user(userId)), origin);
}

function checkAuthorization({ resourceUrl, verifier, requiredScopes, metadata }: McpAuthorization): void {
  if (!URL.canParse(resourceUrl)) throw invalidInput('authorization.resourceUrl', 'is not a URL');
  if (typeof verifier?.verifyAccessToken !== 'function')
    throw invalidInput('authorization.verifier', 'must be an object with verifyAccessToken');
  if (requiredScopes?.some((scope) => typeof scope !== 'string' || scope === ''))
    throw invalidInput('authorization.requiredScopes', 'must be a list of texts that are not empty');
  if (!isObject(metadata)) throw invalidInput('authorization.metadata', 'must be an object');
  for (const name of ['issuer', 'authorization_endpoint', 'token_endpoint'] as const) {
    const url: unknown = metadata[name];
    if (typeof url !== 'string' || !URL.canParse(url))
      throw invalidInput(`authorization.metadata.${name}`, 'is not a URL');
  }
  if (!Array.isArray(metadata.response_types_supported))
    throw invalidInput('authorization.metadata.response_types_supported', 'is not a list');
}

interface Loaded {
  sdk: McpLibrary;
  handler: ReturnType<McpLibrary['createMcpHandler']>;
  serverFor(userId: string): McpServerLike;
  authenticate(request: Request): Promise<McpAuthInfo | Response | undefined>;
}

type LoadedOptions = Pick<McpEndpointOptions, 'library' | 'authorization' | 'onWaiting' | 'onError'>;

async function loadEndpoint(
  context: Context,
  { library, authorization, onWaiting, onError }: LoadedOptions,
  options: CheckedToolsOptions,
): Promise<Loaded> {
  const sdk = await library();
  if (typeof sdk?.createMcpHandler !== 'function') {
    throw new ConfigurationError('library must import @modelcontextprotocol/server, version 2.');
  }
  const serverFor = (userId: string): McpServerLike => {
    const server = new sdk.McpServer({ name: 'context-sdk', version: '1' }, { cacheHints: CACHE_HINTS });
    const tools = createTools(context.user(userId), options, true);
    registerTools({ sdk, server, context, userId, tools, onWaiting, onError });
    return server;
  };
  const handler = sdk.createMcpHandler(
    ({ authInfo }: McpRequestContext) => serverFor(String(authInfo?.extra?.[USER])) as never,
  );
  if (authorization === undefined) return { sdk, handler, serverFor, authenticate: async () => undefined };
  const { verifier, requiredScopes, resourceUrl } = authorization;
  const resource = new URL(resourceUrl);
  const authenticate = sdk.requireBearerAuth({
    verifier: quietVerifier(sdk, verifier, onError),
    ...(requiredScopes !== undefined && { requiredScopes }),
    resourceMetadataUrl: sdk.getOAuthProtectedResourceMetadataUrl(resource),
    expectedResource: resource,
  });
  return { sdk, handler, serverFor, authenticate };
}

/** The documents by which a client finds the authorization server (RFC 9728). */
function metadataResponse(
  sdk: McpLibrary,
  request: Request,
  authorization: McpAuthorization | undefined,
): Response | undefined {
  if (authorization === undefined) return undefined;
  const { metadata, resourceUrl, requiredScopes } = authorization;
  const described = {
    oauthMetadata: metadata,
    resourceServerUrl: new URL(resourceUrl),
    ...(requiredScopes !== undefined && { scopesSupported: requiredScopes }),
  };
  return sdk.oauthMetadataResponse(request, described as never);
}
