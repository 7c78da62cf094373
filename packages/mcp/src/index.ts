import type { RunningServer, ServerOptions } from './server.ts';

export type { Environment } from '@context-sdk/context';
export type { RunningServer, ServerOptions } from './server.ts';

/**
 * Starts the server for one person: MCP over stdio, and pages on this machine where they sign in and approve. What is meant for
 * people goes to `options.tell`, never to stdout. Throws {@link ConfigurationError} for an environment that can't work.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { start } = await import('./server.ts');
  return await start(options);
}
