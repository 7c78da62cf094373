import type { CallQueue } from '../call-queue.ts';
import type { QueuedCall } from '../queued-call.ts';
import type { RateLimit } from '../rate-limiter.ts';
import { spanOf } from '../rate-limits.ts';
import type { Ask } from './ask.ts';

/** Of the shortest interval: a request is taken to have arrived so long after its grant. Half of it is for the dispatch. */
const LATE = 0.1;
const LEAST_LATE_MS = 1000;

/** Limits as Redis counts them. */
export type Scale = Pick<Ask, 'limits' | 'lateMs'>;

/** The calls at the head of a queue that can be asked for at once: they have the same limits. */
export type Demand = Scale & Pick<Ask, 'costs' | 'waits'>;

export function demandOf(queue: CallQueue<QueuedCall>, rates: readonly RateLimit[]): Demand {
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
const scales = new WeakMap<readonly RateLimit[], Scale>();

function scaleOf(rates: readonly RateLimit[]): Scale {
  let scale = scales.get(rates);
  if (scale === undefined) {
    scale = scaleFor(rates);
    scales.set(rates, scale);
  }
  return scale;
}

/** Whole milliseconds, rounded to the safe side. */
function scaleFor(rates: readonly RateLimit[]): Scale {
  const limits = rates.map((rate) => [rate.limit, Math.ceil(spanOf(rate))] as const);
  const shortest = Math.min(...rates.map(({ intervalMs }) => intervalMs));
  const lateMs = Number.isFinite(shortest)
    ? Math.max(LEAST_LATE_MS, Math.ceil(shortest * LATE))
    : LEAST_LATE_MS;
  return { limits, lateMs };
}
