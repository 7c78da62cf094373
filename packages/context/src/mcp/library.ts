import type { InputSchema } from '../tools/input/input-schema.ts';
import type { ContextTool } from '../tools/tool.ts';

/** What the endpoint calls of `@modelcontextprotocol/server`, version 2. */
export interface McpLibrary {
  readonly McpServer: new (
    info: { name: string; version: string },
    options?: { cacheHints?: object; instructions?: string },
  ) => McpServerLike;
  /** Answers HTTP requests with a server for each. */
  createMcpHandler(
    factory: (context: McpRequestContext) => never,
    options?: { onerror?: (error: Error) => void },
  ): McpHandlerLike;
  /** The result of a call that waits for its user. */
  inputRequired(spec: { inputRequests: Record<string, never> }): object;
  /** What the user answered, on the call that follows. */
  inputResponse(
    responses: Record<string, unknown> | undefined,
    key: string,
  ): { kind: string; action?: string };
  /** What a verifier throws for a token that it refuses. */
  readonly OAuthError: new (code: never, message: string) => Error;
  /** Verifies a request's token, or returns the 401 to send. */
  requireBearerAuth(options: BearerAuth): (request: Request) => Promise<McpAuthInfo | Response>;
  /** The response to a request for RFC 9728 metadata; none for other requests. */
  oauthMetadataResponse(request: Request, metadata: never): Response | undefined;
  /** Where the metadata of a resource is (RFC 9728 §3.1). */
  getOAuthProtectedResourceMetadataUrl(url: URL): string;
}

/** A server of the SDK. */
export interface McpServerLike {
  readonly server: { getClientCapabilities(): { elicitation?: unknown } | undefined };
  /** Adds a tool. */
  registerTool(
    name: string,
    config: {
      title?: string;
      description?: string;
      inputSchema?: InputSchema;
      annotations?: ContextTool['annotations'];
    },
    run: (input: unknown, context: McpCallContext) => Promise<never>,
  ): unknown;
}

/** What the SDK knows of the request that a server is created for. */
export interface McpRequestContext {
  readonly authInfo?: McpAuthInfo;
}

/** What the SDK knows of one call. */
export interface McpCallContext {
  readonly mcpReq: {
    readonly signal: AbortSignal;
    readonly inputResponses?: Record<string, unknown>;
    /** What a request of 2026-07-28 says of its client. */
    readonly envelope?: Record<string, unknown>;
  };
}

/** What a token says. */
export interface McpAuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  expiresAt?: number;
  resource?: URL;
  extra?: Record<string, unknown>;
}

/** How tokens are verified: the SDK's own options. */
export interface BearerAuth {
  verifier: { verifyAccessToken(token: string): Promise<McpAuthInfo> };
  requiredScopes?: string[];
  resourceMetadataUrl?: string;
  expectedResource?: URL;
}

interface McpHandlerLike {
  fetch(request: Request, options?: { authInfo?: McpAuthInfo }): Promise<Response>;
  close(): Promise<void>;
}
