#!/usr/bin/env node
import { readCommand } from './command.ts';
import { serveSandbox } from './serve.ts';

try {
  const command = readCommand(process.argv.slice(2));
  if ('show' in command) process.stdout.write(command.show);
  else {
    const server = await serveSandbox(command.serve);
    const { hosts } = server.sandbox;
    const lines = hosts.map((host) => `  ${host.padEnd(30)} ${server.urlOf(host)}`);
    process.stdout.write(`Context SDK sandbox: ${server.url}\n\n${lines.join('\n')}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
