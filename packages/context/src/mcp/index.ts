export {
  createMcpEndpoint,
  type McpAuthorization,
  type McpEndpoint,
  type McpEndpointOptions,
} from './create-mcp-endpoint.ts';
export type { BearerAuth, McpAuthInfo, McpLibrary, McpServerLike } from './library.ts';
export type { OnWaiting, WaitingCall } from './register-tools.ts';
