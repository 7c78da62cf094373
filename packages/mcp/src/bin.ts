#!/usr/bin/env node
import { readCommand } from './command.ts';
import { startServer } from './index.ts';

/** MCP speaks on stdout: everything for people goes here. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  const command = readCommand(process.argv.slice(2));
  if ('show' in command) tell(command.show);
  else {
    const server = await startServer({ environment: process.env, isSandbox: command.isSandbox, tell });
    const end = (): void => void server.close().finally(() => process.exit());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    // Its client is gone. Connections to services that are kept open must not keep the process.
    process.stdin.once('end', end);
  }
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
