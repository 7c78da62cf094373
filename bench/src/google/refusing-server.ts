import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the first request is answered. */
export interface Refusals {
  status: number;
  headers?: Record<string, string>;
  body?: object;
}

export interface RefusingServer {
  root: string;
  /** When requests arrived, in milliseconds. */
  arrivals: number[];
  close(): Promise<void>;
}

/** Refuses the first request and answers all others with an event. */
export async function startRefusing({ status, headers = {}, body = {} }: Refusals): Promise<RefusingServer> {
  const arrivals: number[] = [];
  const server = createServer((_request, response) => {
    arrivals.push(performance.now());
    const isFirst = arrivals.length === 1;
    response.writeHead(isFirst ? status : 200, {
      'content-type': 'application/json',
      ...(isFirst && headers),
    });
    response.end(JSON.stringify(isFirst ? body : { id: 'e1', summary: 'Later' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
