import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { LoopbackAddresses } from './loopback-addresses.ts';
import { isNetworkFailure } from './network-failure.ts';
import { notEmulated } from './not-emulated.ts';
import { REAL_HOST_HEADER, type RealAddress, realAddress } from './real-address.ts';

/** What answers a listener's requests. */
export interface Bridge {
  readonly exchange: Exchange;
  readonly hosts: ReadonlySet<string>;
  readonly addresses: LoopbackAddresses;
  /** The host behind this port, if it has a port of its own. */
  readonly hostOfPort?: string | undefined;
}

/**
 * Answers a node:http request by the exchange. A connection that breaks there breaks here too, and a client that goes
 * away ends what it was waiting for.
 */
export async function answerOverHttp(
  bridge: Bridge,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const abort = new AbortController();
  outgoing.once('close', () => abort.abort());
  try {
    const address = realAddress(incoming, bridge.hosts, bridge.hostOfPort);
    await send(await answer(bridge, incoming, address, abort.signal), outgoing, bridge, address);
  } catch (error) {
    if (isNetworkFailure(error) || outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
  }
}

async function answer(
  { exchange, hosts, addresses }: Bridge,
  incoming: IncomingMessage,
  address: RealAddress | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const { method = 'GET', url = '/' } = incoming;
  if (!address || !hosts.has(address.host)) {
    const path = (address?.path ?? url).replace(/\?.*$/, '');
    return notEmulated({ host: address?.host ?? 'no known host', method, path });
  }
  const text = (value: string): string => (address.usesRealNames ? value : addresses.toReal(value));
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && name !== REAL_HOST_HEADER) headers.set(name, text(String(value)));
  }
  const bytes = Buffer.concat(await incoming.toArray());
  const isJson = headers.get('content-type')?.includes('json') === true;
  const init: RequestInit = { method, headers, signal };
  if (method !== 'GET' && method !== 'HEAD') {
    init.body = isJson ? Buffer.from(text(bytes.toString('latin1')), 'latin1') : bytes;
  }
  return await exchange(new Request(`https://${address.host}${address.path}`, init));
}

async function send(
  response: Response,
  outgoing: ServerResponse,
  { addresses }: Bridge,
  address: RealAddress | undefined,
): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const isChanged = address?.usesRealNames !== true && /json|multipart/.test(headers['content-type'] ?? '');
  if (isChanged) delete headers['content-length'];
  if (address?.usesRealNames !== true && headers['location'] !== undefined) {
    headers['location'] = addresses.addressToLoopback(headers['location']);
  }
  outgoing.writeHead(response.status, headers);
  for await (const chunk of response.body ?? []) {
    const bytes = isChanged ? changed(chunk, addresses) : chunk;
    // Each chunk is on its way before the next is asked for: where the stream fails, the first half has arrived.
    await new Promise((resolve) => outgoing.write(bytes, resolve));
  }
  outgoing.end();
}

/** Addresses are ASCII, so bytes may be read as Latin-1 and stay what they are. */
function changed(chunk: Uint8Array, addresses: LoopbackAddresses): Buffer {
  return Buffer.from(addresses.toLoopback(Buffer.from(chunk).toString('latin1')), 'latin1');
}
