import type { InputSchema } from '../tools/input/input-schema.ts';
import type { ContextTool } from '../tools/tool.ts';

/** What the endpoint calls of `@modelcontextprotocol/server`, version 2. */
export interface McpLibrary {
  readonly McpServer: new (
    info: { name: string; version: string },
    options?: { cacheHints?: object; instructions?: string },
  ) => McpServerLike;
  createMcpHandler(
    factory: (context: McpRequestContext) => McpServerLike,
    options?: { onerror?: (error: Error) => void },
  ): McpHandlerLike;
  inputRequired(spec: { inputRequests: Record<string, never> }): object;
  inputResponse(
    responses: Record<string, unknown> | undefined,
    key: string,
  ): { kind: string; action?: string };
  requireBearerAuth(options: BearerAuth): (request: Request) => Promise<McpAuthInfo | Response>;
  oauthMetadataResponse(request: Request, metadata: never): Response | undefined;
  getOAuthProtectedResourceMetadataUrl(url: URL): string;
}

/** A server of the SDK. */
export interface McpServerLike {
  readonly server: { getClientCapabilities(): { elicitation?: unknown } | undefined };
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
  readonly mcpReq: { readonly signal: AbortSignal; readonly inputResponses?: Record<string, unknown> };
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
