import type { Server } from 'node:http';
import type { Exchange } from './exchange.ts';
import { answerOverHttp } from './node-bridge.ts';

/** A sandbox that listens on 127.0.0.1. */
export interface Listener {
  /** `http://127.0.0.1:PORT`; the first path segment is the real host name. */
  readonly url: string;
  /** Where a real host name is found, e.g. `http://127.0.0.1:PORT/api.ticktick.com`. */
  urlOf(host: string): string;
  /** Ends every connection, idle ones too. */
  close(): Promise<void>;
}

/** Serves the exchange on the loopback interface only; port 0 takes a free one. */
export async function listen(exchange: Exchange, port: number): Promise<Listener> {
  const { createServer } = await import('node:http');
  const server = createServer((incoming, outgoing) => void answerOverHttp(exchange, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${portOf(server)}`;
  return { url, urlOf: (host) => `${url}/${host}`, close: () => closeServer(server) };
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
    const { method, headers, body, signal } = request;
    const rest = { method, headers, signal, redirect: 'manual' } as const;
    return fetch(
      `${url}/${host}${pathname}${search}`,
      body === null ? rest : { ...rest, body, duplex: 'half' },
    );
  };
}
