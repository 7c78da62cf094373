import { ConfigurationError, type Environment } from '@context-sdk/context';
import { dataFolder } from './data-folder.ts';

/** What the environment says besides the services' apps. */
export interface Configuration {
  port: number;
  timeZone: string;
  approve: 'outbound' | 'writes';
  folder: string;
  opensBrowser: boolean;
}

const DEFAULT_PORT = 8765;

/** A variable that is empty counts as not set. Throws one {@link ConfigurationError} that names all variables that are wrong. */
export function readConfiguration(variables: Environment): Configuration {
  const environment: Environment = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const problems: string[] = [];
  const { CONTEXT_MCP_PORT: port = String(DEFAULT_PORT), CONTEXT_MCP_APPROVE: approve = 'outbound' } =
    environment;
  const { CONTEXT_MCP_TIME_ZONE: zone, CONTEXT_MCP_FOLDER: folder, BROWSER: browser } = environment;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push('CONTEXT_MCP_PORT must be 0 to 65535');
  if (approve !== 'outbound' && approve !== 'writes') {
    problems.push('CONTEXT_MCP_APPROVE must be outbound or writes');
  }
  const timeZone = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(timeZone))
    problems.push('CONTEXT_MCP_TIME_ZONE must be an IANA time zone, such as Europe/Berlin');
  if (problems.length > 0) throw new ConfigurationError(`The environment is wrong: ${problems.join('; ')}.`);
  return {
    port: Number(port),
    timeZone,
    approve: approve === 'writes' ? 'writes' : 'outbound',
    folder: folder ?? dataFolder(environment),
    opensBrowser: browser !== 'none',
  };
}

function isTimeZone(name: string): boolean {
  // Intl takes offsets, too, which are no zones.
  if (/^[+-]/.test(name)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
