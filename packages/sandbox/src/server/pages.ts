import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';
import type { Sandbox } from '../sandbox.ts';
import { authorizationFor } from '../state/restore.ts';
import { parseSavedState, type SavedState } from '../state/saved-state.ts';
import { overviewOf } from './overview.ts';
import { PAGE } from './page.ts';
import { readFault, readScope } from './read-fault.ts';

/** What the pages work on. */
export interface PageHost {
  /** The sandbox that answers now. */
  sandbox(): Sandbox;
  /** Replaces it by a saved one. */
  load(saved: SavedState): Promise<void>;
  urlOf(host: string): string;
}

type Action = (host: PageHost, body: JsonObject) => unknown;

/** What programs and the page can do: `METHOD /_sandbox/…`. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'GET overview': ({ sandbox, urlOf }) => overviewOf(sandbox(), urlOf),
  'GET state': ({ sandbox }) => sandbox().save(),
  'PUT state': async (host, body) => {
    await host.load(parseSavedState(JSON.stringify(body)));
    return {};
  },
  'POST clock': ({ sandbox }, { advanceMs }) => {
    if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) {
      throw new TypeError('advanceMs must be a number of milliseconds, 0 or more.');
    }
    sandbox().clock.advance(advanceMs);
    return { now: new Date(sandbox().clock.now()).toISOString() };
  },
  'POST faults': ({ sandbox }, { fault, scope }) => {
    sandbox().faults.inject(readFault(fault), readScope(scope));
    return {};
  },
  'DELETE faults': ({ sandbox }) => {
    sandbox().faults.clear();
    return {};
  },
  'DELETE requests': ({ sandbox }) => {
    sandbox().clearRequests();
    return {};
  },
  'POST tokens': ({ sandbox }, { host, account }) => {
    if (typeof host !== 'string' || !sandbox().hosts.includes(host)) {
      throw new TypeError('host must be one of the hosts of the sandbox.');
    }
    return {
      authorization: authorizationFor(sandbox(), host, typeof account === 'string' ? account : undefined),
    };
  },
};

/** Answers the page at `/` and the actions below `/_sandbox/`. Returns false for anything else. */
export function answerPage(host: PageHost, incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const { method = 'GET', url = '/' } = incoming;
  if (!isForLoopback(incoming)) return false;
  if (url === '/' && method === 'GET') {
    outgoing.writeHead(200, { 'content-type': 'text/html;charset=UTF-8' }).end(PAGE);
    return true;
  }
  const [, name = ''] = /^\/_sandbox\/(\w+)$/.exec(url) ?? [];
  if (name === '') return false;
  void act(host, ACTIONS[`${method} ${name}`], incoming, outgoing);
  return true;
}

/** Another site must not reach it through a name of its own that leads to 127.0.0.1. */
function isForLoopback({ headers }: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(headers.host ?? '');
}

async function act(
  host: PageHost,
  action: Action | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    if (!action) throw new TypeError('The sandbox has no such action.');
    const text = Buffer.concat(await incoming.toArray()).toString();
    // A form or a script of another site can send neither this type nor DELETE without asking, and nobody answers it that it may.
    const needsType = incoming.method !== 'GET' && !(incoming.method === 'DELETE' && text === '');
    if (needsType && !/^application\/json\b/.test(incoming.headers['content-type'] ?? '')) {
      throw new TypeError('The content type must be application/json.');
    }
    const body = text === '' ? {} : parseJson(text);
    if (!isJsonObject(body)) throw new TypeError('The body must be a JSON object.');
    end(outgoing, 200, await action(host, body));
  } catch (error) {
    end(outgoing, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function end(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
