import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { machineTime } from './machine-time.ts';

/** A token request that the server has answered. */
export interface SeenRequest {
  /** Who sent it: the number of a worker. */
  readonly worker: string;
  readonly requestId: string;
  readonly refreshToken: string;
  readonly status: number;
  /** On the machine's monotonic clock. */
  readonly at: number;
  /** When its response was sent. */
  answeredAt: number | undefined;
}

/** Stands before a token endpoint: counts what arrives, and holds it up or loses its answer where a test says so. */
export interface TokenGate {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The most requests that were under way at one time. */
  readonly mostAtOnce: number;
  /** Awaited before a request is passed on. */
  before: (worker: string) => void | Promise<void>;
  /** Awaited when the server has done what it was asked and its answer is not sent yet. */
  after: (worker: string, status: number) => void | Promise<void>;
  close(): Promise<void>;
}

/** `endpoint` does the work; `answer` may change what it says. */
export async function startTokenGate(
  endpoint: (request: Request) => Promise<Response>,
  answer: (fields: Record<string, unknown>) => Record<string, unknown> = (fields) => fields,
): Promise<TokenGate> {
  const seen: SeenRequest[] = [];
  let underWay = 0;
  let mostAtOnce = 0;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const worker = String(incoming.headers['x-worker'] ?? '');
    const requestId = String(incoming.headers['x-request-id'] ?? '');
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    try {
      await gate.before(worker);
      const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
      headers.set('authorization', incoming.headers.authorization ?? '');
      const response = await endpoint(new Request('https://gate.test/', { method: 'POST', headers, body }));
      const fields = answer(JSON.parse(await response.text()) as Record<string, unknown>);
      const refreshToken = new URLSearchParams(body).get('refresh_token') ?? '';
      const { status } = response;
      const at = machineTime();
      const request: SeenRequest = { worker, requestId, refreshToken, status, at, answeredAt: undefined };
      seen.push(request);
      await gate.after(worker, status);
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(fields));
      request.answeredAt = machineTime();
    } finally {
      underWay -= 1;
    }
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  const gate: TokenGate = {
    url: `http://127.0.0.1:${address.port}/token`,
    seen,
    get mostAtOnce() {
      return mostAtOnce;
    },
    before: () => undefined,
    after: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gate;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) text += part;
  return text;
}
