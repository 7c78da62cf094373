import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = [status: number, json?: unknown, headers?: Record<string, string>];

/** Answers each request, once its body has arrived, with JSON. */
export function respondWith(answer: (request: IncomingMessage, body: string) => Answer): RequestListener {
  const respond = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    const [status, json, headers = {}] = answer(request, await readText(request));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(json === undefined ? '' : JSON.stringify(json));
  };
  return (request, response) => void respond(request, response);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

export function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
