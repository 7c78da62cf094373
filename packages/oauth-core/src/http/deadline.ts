import { ConfigurationError } from '../errors/index.ts';
import { deadlineSignal } from '../timing/deadline-signal.ts';
import { raceAbort } from '../timing/timeouts.ts';
import type { Stage } from './exchange.ts';
import { refusalOr } from './retry.ts';

/** Ends the call, with its waits and retries, after `deadlineMs`. */
export function deadline(deadlineMs: number): Stage {
  return async (exchange, next) => {
    const { service } = exchange.pipeline;
    if (!(deadlineMs > 0)) throw new ConfigurationError('deadlineMs must be above 0.', { service });
    const signal = deadlineSignal(deadlineMs, exchange.signal, service);
    try {
      return await raceAbort(next({ ...exchange, signal }), signal);
    } catch (error) {
      throw refusalOr(error, exchange);
    }
  };
}
