import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { found, type Service } from './service.ts';

/** For tests that start many processes on the sources: they reuse what the tests' own processes, or an earlier one, compiled. */
export const CHILD_ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url)),
};

const FIRST_PORT = 20_000;
/** The system hands out ports above these, so that no connection takes one before its server does. */
const PORTS = 12_000;

/** A port on this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch {
    return await freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether a server program is installed, so that a test can start its own. */
export function program(name: string): Service {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return found(name, true, 'is not installed');
  } catch {
    return found(name, false, 'is not installed');
  }
}
