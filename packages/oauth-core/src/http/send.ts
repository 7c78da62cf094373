import { networkErrorFrom } from '../errors/network-failure.ts';
import { redactBody } from '../redaction/redact.ts';
import { runWithTimeout } from '../timing/timeouts.ts';
import type { Exchange } from './exchange.ts';
import type { ReceivedResponse } from './messages.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * One request on the wire. The body is read here, too, so that a response that stalls or breaks off fails where it can be
 * tried again. Redirects are not followed, since a token must not go to another host.
 */
export async function send({
  pipeline,
  call,
  request,
  signal,
  progress,
}: Exchange): Promise<ReceivedResponse> {
  const { service, auth } = pipeline;
  const { operation } = call;
  const { method, headers, body, url } = request;
  const { token } = progress;
  headers['authorization'] = `${auth.scheme ?? 'Bearer'} ${token}`;
  const timeoutMs = call.timeoutMs ?? pipeline.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return await runWithTimeout(operation, { service, timeoutMs, signal }, async (timed) => {
    try {
      const init: RequestInit = { method, headers, body, signal: timed, redirect: 'manual' };
      // Streams are sent while they are read, which fetch must be told.
      if (body instanceof ReadableStream) Object.assign(init, { duplex: 'half' });
      const response = await pipeline.send(url.href, init);
      const bytes = await response.arrayBuffer();
      const text = (): string => redactBody(new TextDecoder().decode(bytes), [token]);
      return { operation, status: response.status, headers: response.headers, bytes, text };
    } catch (error) {
      throw networkErrorFrom(error, service);
    }
  });
}
