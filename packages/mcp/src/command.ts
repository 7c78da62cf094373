import { parseArgs } from 'node:util';

const USAGE = `Usage: context-mcp [options]

An MCP server for your own TickTick, Google Calendar, Gmail and Azure DevOps. A client starts it and speaks to it over stdio.

  --sandbox   accounts of our own in this process, to try it without any
  --help      this text

Environment (a service without variables is left out):

  TICKTICK_CLIENT_ID, TICKTICK_CLIENT_SECRET
  GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET
  AZURE_DEVOPS_ORG_URL, AZURE_DEVOPS_CLIENT_ID, AZURE_DEVOPS_CLIENT_SECRET, AZURE_DEVOPS_TENANT
  CONTEXT_MCP_PORT       where the pages are, on localhost (default: 8765). Redirect URIs at the services:
                         http://localhost:8765/auth/ticktick/callback, …/google/callback, …/azure-devops/callback
  CONTEXT_MCP_TIME_ZONE  IANA zone of days and times (default: this machine's)
  CONTEXT_MCP_APPROVE    what waits for you: outbound (default), writes
  CONTEXT_MCP_FOLDER     where data is kept (default: the system's folder for it)
  BROWSER=none           opens no browser; the address is on stderr in any case`;

/** Whether the command line asks for a text, or to serve. Throws a TypeError without the unknown argument, which may be a secret. */
export function readCommand(args: readonly string[]): { show: string } | { isSandbox: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { sandbox: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return values.help === true ? { show: USAGE } : { isSandbox: values.sandbox === true };
  } catch {
    throw new TypeError('An argument is unknown. There are --sandbox and --help.');
  }
}
