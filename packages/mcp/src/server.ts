import {
  browserSessions,
  type Context,
  contextFromEnv,
  type Environment,
  type RecordStore,
  toNodeListener,
} from '@context-sdk/context';
import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { openBrowser } from './open-browser.ts';
import { Entrance } from './pages/entrance.ts';
import { type Loopback, openLoopback } from './pages/loopback.ts';
import { respond } from './pages/routes.ts';
import { type Configuration, readConfiguration } from './setup/configuration.ts';
import { openStore } from './setup/open-store.ts';
import { sandboxedContext } from './setup/sandboxed.ts';

/** How the server is started. */
export interface ServerOptions {
  /** As `process.env`. */
  environment: Environment;
  /** Works on accounts of our own. */
  isSandbox: boolean;
  /** Receives what a person should know, such as the address of the pages. Never write it to stdout. */
  tell: (text: string) => void;
}

/** A server that is running. */
export interface RunningServer {
  /** Ends the connection to the assistant and closes the pages of this machine. */
  close(): Promise<void>;
}

/** The one person who uses it. */
const USER_ID = 'me';

/** Minutes without a request after which a browser has to be let in again. */
const IDLE_SECONDS = 30 * 60;

const OF_SERVICES = /^(?:TICKTICK|GOOGLE|AZURE_DEVOPS)_/;

export async function start(options: ServerOptions): Promise<RunningServer> {
  const { environment, isSandbox } = options;
  const configuration = readConfiguration(environment);
  const isAnyPort = isSandbox && !environment['CONTEXT_MCP_PORT'];
  const loopback = await openLoopback(isAnyPort ? 0 : configuration.port);
  try {
    return await serve(options, configuration, loopback);
  } catch (error) {
    loopback.close();
    throw error;
  }
}

async function serve(
  { environment, isSandbox, tell }: ServerOptions,
  { timeZone, approve, folder, opensBrowser }: Configuration,
  loopback: Loopback,
): Promise<RunningServer> {
  const { context, store } = isSandbox
    ? await sandboxedContext(loopback.origin, USER_ID)
    : ownContext(environment, loopback.origin, await openStore(folder, tell));
  const open = pageOpener({ loopback, entrance: new Entrance(store), tell, opensBrowser });
  serveThePages(context, store, loopback, open);
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    getUser: () => undefined,
    timeZone,
    approve,
    onCall: ({ status }) => (status === 'connect' ? open() : undefined),
    onWaiting: open,
  });
  const stdio = serveStdio(async () => (await endpoint.serverFor(USER_ID)) as never);
  tell(`Context SDK MCP server${isSandbox ? ', on the sandbox' : ''}: pages on ${loopback.origin}`);
  return {
    async close() {
      loopback.close();
      await stdio.close();
    },
  };
}

function ownContext(
  environment: Environment,
  baseUrl: string,
  store: RecordStore,
): { context: Context; store: RecordStore } {
  const ofServices = Object.fromEntries(
    Object.entries(environment).filter(([name]) => OF_SERVICES.test(name)),
  );
  return { context: contextFromEnv(ofServices, { store, baseUrl, allowUnencryptedStore: true }), store };
}

interface Opener {
  loopback: Loopback;
  entrance: Entrance;
  tell: (text: string) => void;
  opensBrowser: boolean;
}

/** Opens a window that is let in, one at a time: an assistant that asks again and again opens no more. */
function pageOpener({ loopback, entrance, tell, opensBrowser }: Opener): () => Promise<void> {
  let opening: Promise<void> | undefined;
  const open = async (): Promise<void> => {
    await loopback.listen();
    const url = `${loopback.origin}/open?key=${await entrance.invite()}`;
    tell(`Open ${url}`);
    if (opensBrowser) openBrowser(url);
  };
  return async () => {
    opening ??= open().finally(() => {
      opening = undefined;
    });
    await opening;
  };
}

function serveThePages(
  context: Context,
  store: RecordStore,
  loopback: Loopback,
  open: () => Promise<void>,
): void {
  const sessions = browserSessions({ store, baseUrl: loopback.origin, idleSeconds: IDLE_SECONDS });
  const handler = context.createHandler({
    getUserId: (request) => sessions.userOf(request.headers.get('cookie')),
  });
  const parts = { context, userId: USER_ID, sessions, entrance: new Entrance(store), open };
  loopback.serve(toNodeListener(handler), (request) => respond(parts, request));
}
