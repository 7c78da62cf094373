import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import { isNetworkFailure } from './network-failure.ts';

/**
 * Answers a node:http request by the exchange. A connection that breaks there breaks here too, and a client that goes
 * away ends what it was waiting for.
 */
export async function answerOverHttp(
  exchange: Exchange,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const abort = new AbortController();
  outgoing.once('close', () => abort.abort());
  try {
    await send(await exchange(await toRequest(incoming, abort.signal)), outgoing);
  } catch (error) {
    if (isNetworkFailure(error) || outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
  }
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const method = incoming.method ?? 'GET';
  const body = Buffer.concat(await incoming.toArray());
  const init: RequestInit = { method, headers, signal };
  if (method !== 'GET' && method !== 'HEAD') init.body = body;
  return new Request(`https://${(incoming.url ?? '/').replace(/^\/+/, '')}`, init);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const chunk of response.body ?? []) {
    // Each chunk is on its way before the next is asked for: where the stream fails, the first half has arrived.
    await new Promise((resolve) => outgoing.write(chunk, resolve));
  }
  outgoing.end();
}
