import type { RequestListener, Server } from 'node:http';
import type { Exchange } from './exchange.ts';
import { LoopbackAddresses } from './loopback-addresses.ts';
import { answerOverHttp } from './node-bridge.ts';
import { REAL_HOST_HEADER } from './real-address.ts';

/** How a sandbox listens. */
export interface ListenOptions {
  /** Default: a free one. */
  port?: number;
  /** Each host also gets a port of its own, for clients that drop the path of a base URL. Default: false. */
  portPerHost?: boolean;
  /** Whether the process may end while the sandbox listens. Default: false. */
  background?: boolean;
}

/** A sandbox that listens on 127.0.0.1. */
export interface Listener {
  /** `http://127.0.0.1:PORT`; the first path segment is the real host name, or the Host header names it. */
  readonly url: string;
  /** Where a real host name is found: `http://127.0.0.1:PORT/api.ticktick.com`, or a port of its own. */
  urlOf(host: string): string;
  /** Ends every connection, idle ones too. */
  close(): Promise<void>;
}

/** What is served: the services, and perhaps pages of the sandbox's own. */
export interface Served {
  readonly exchange: Exchange;
  readonly hosts: readonly string[];
  /** Answers what isn't for a service. Returns false to leave it to the services. */
  readonly pages?: (...request: Parameters<RequestListener>) => boolean;
}

/** Serves the exchange on the loopback interface only. */
export async function listen({ exchange, hosts, pages }: Served, options: ListenOptions): Promise<Listener> {
  const { createServer } = await import('node:http');
  const { port = 0, portPerHost = false, background = false } = options;
  const known = new Set(hosts);
  const ports = new Map<string, string>();
  const servers: Server[] = [];
  let url = '';
  const urlOf = (host: string): string => ports.get(host) ?? `${url}/${host}`;
  let addresses = new LoopbackAddresses([], urlOf);
  const serve = async (wanted: number, hostOfPort?: string): Promise<string> => {
    const server = createServer((incoming, outgoing) => {
      if (hostOfPort === undefined && pages?.(incoming, outgoing) === true) return;
      void answerOverHttp({ exchange, hosts: known, addresses, hostOfPort }, incoming, outgoing);
    });
    await started(server, wanted);
    if (background) leaveAlone(server);
    servers.push(server);
    return `http://127.0.0.1:${portOf(server)}`;
  };
  const close = async (): Promise<void> => void (await Promise.all(servers.map(closeServer)));
  try {
    url = await serve(port);
    for (const [index, host] of portPerHost ? hosts.entries() : []) {
      ports.set(host, await serve(port === 0 ? 0 : port + 1 + index, host));
    }
  } catch (error) {
    await close();
    throw error;
  }
  addresses = new LoopbackAddresses(hosts, urlOf);
  return { url, urlOf, close };
}

function started(server: Server, port: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function leaveAlone(server: Server): void {
  server.unref();
  server.on('connection', (socket) => socket.unref());
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * A `fetch` for other processes: requests to the real host names go to a sandbox that listens at `url`, which is what
 * {@link Sandbox.listen} gave. Follows no redirect.
 */
export function fetchFrom(url: string): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const { method, body, signal } = request;
    const headers = new Headers(request.headers);
    headers.set(REAL_HOST_HEADER, host);
    const rest = { method, headers, signal, redirect: 'manual' } as const;
    return fetch(`${url}${pathname}${search}`, body === null ? rest : { ...rest, body, duplex: 'half' });
  };
}
