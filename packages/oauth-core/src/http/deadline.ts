import { runWithTimeout } from '../timing/timeouts.ts';
import type { Exchange, Next } from './exchange.ts';
import type { ReceivedResponse } from './messages.ts';

/** Ends the call, with its waits and retries, after `deadlineMs`. */
export async function deadline(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { service } = exchange.pipeline;
  const { operation, deadlineMs } = exchange.call;
  if (deadlineMs === undefined) return await next(exchange);
  const limit = { service, timeoutMs: deadlineMs, signal: exchange.signal };
  return await runWithTimeout(operation, limit, (signal) => next({ ...exchange, signal }));
}
