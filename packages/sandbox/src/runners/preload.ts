// node --import @context-sdk/sandbox/preload app.js: what the program sends to the services goes to a sandbox. CONTEXT_SANDBOX_URL
// names one that is served; without it, one is served in this process, and the variable is set.
import { readCommand } from '../server/command.ts';
import { serveSandbox } from '../server/serve.ts';
import { redirectTls } from './redirect-tls.ts';

const VARIABLE = 'CONTEXT_SANDBOX_URL';

process.env[VARIABLE] ??= await serveHere();
redirectTls(Number(new URL(process.env[VARIABLE]).port));

/** CONTEXT_SANDBOX_OPTIONS holds the command's options, such as `--seed empty --strict`. */
async function serveHere(): Promise<string> {
  const words = (process.env['CONTEXT_SANDBOX_OPTIONS'] ?? '').split(' ').filter((word) => word !== '');
  const command = readCommand(['--port', '0', '--consent', 'automatic', ...words]);
  if (!('serve' in command)) throw new TypeError('CONTEXT_SANDBOX_OPTIONS must be options to serve with.');
  const { url } = await serveSandbox({ ...command.serve, background: true });
  return url;
}
