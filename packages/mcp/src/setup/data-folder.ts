import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@context-sdk/context';

const NAME = 'context-sdk-mcp';

/**
 * Where the system keeps a program's data for one person: the XDG base directory
 * (https://specifications.freedesktop.org/basedir-spec/latest/), Library, or APPDATA.
 */
export function dataFolder(environment: Environment, system: NodeJS.Platform = platform()): string {
  if (system === 'win32') {
    return join(environment['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), NAME);
  }
  if (system === 'darwin') return join(homedir(), 'Library', 'Application Support', NAME);
  const { XDG_DATA_HOME: xdg = '' } = environment;
  // The specification: a path that isn't absolute is invalid and ignored.
  return join(xdg.startsWith('/') ? xdg : join(homedir(), '.local', 'share'), NAME);
}
