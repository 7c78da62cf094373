import type { CallQueue } from '../call-queue.ts';
import type { WindowLimit } from '../rate-limiter.ts';
import { spanOf } from '../rate-limits.ts';
import type { PermitRequest } from './permit-request.ts';

/** Of the shortest interval: a request is taken to have arrived so long after its grant. Half of it is for the dispatch. */
const LATE = 0.1;
const MIN_LATE_MS = 1000;

/** Limits as Redis counts them. */
export type Scale = Pick<PermitRequest, 'limits' | 'lateMs'>;

/** The calls at the head of a queue that can be asked for at once: they have the same limits. */
export type BatchRequest = Scale & Pick<PermitRequest, 'costs' | 'waits'>;

export function batchRequestOf(queue: CallQueue, rates: readonly WindowLimit[]): BatchRequest {
  const most = Math.min(...rates.map(({ limit }) => limit));
  const costs: [calls: number, cost: number][] = [];
  let units = 0;
  let waits = false;
  for (const call of queue) {
    const { cost, limits, deadline } = call;
    if (limits !== rates || units + cost > most) break;
    units += cost;
    waits ||= deadline > 0;
    const run = costs.at(-1);
    if (run?.[1] === cost) run[0]++;
    else costs.push([1, cost]);
  }
  return { costs, waits, ...scaleOf(rates) };
}

/** Calls of one key usually bring the same array every time. */
const scales = new WeakMap<readonly WindowLimit[], Scale>();

function scaleOf(rates: readonly WindowLimit[]): Scale {
  let scale = scales.get(rates);
  if (scale === undefined) {
    scale = scaleFor(rates);
    scales.set(rates, scale);
  }
  return scale;
}

/** Whole milliseconds, rounded to the safe side. */
function scaleFor(rates: readonly WindowLimit[]): Scale {
  const limits = rates.map((rate) => [rate.limit, Math.ceil(spanOf(rate))] as const);
  const shortest = Math.min(...rates.map(({ intervalMs }) => intervalMs));
  const lateMs = Number.isFinite(shortest) ? Math.max(MIN_LATE_MS, Math.ceil(shortest * LATE)) : MIN_LATE_MS;
  return { limits, lateMs };
}
