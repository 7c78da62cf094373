import { spawn } from 'node:child_process';
import { platform } from 'node:os';

/** How each system opens an address in the person's browser. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  // `start` would have to go through a shell.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in a browser, if the system has one: the address is told in any case. */
export function openBrowser(url: string, system: NodeJS.Platform = platform()): void {
  const [command, ...args] = OPENERS[system] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true });
  child.once('error', () => undefined).unref();
}
