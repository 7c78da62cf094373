import { waiterMs } from './lease-clock.ts';
import type { LeaseMark } from './leased-record.ts';

/**
 * Answers, asked again and again with what the record shows, whether the lease has been seen held by the same
 * holder for so long that its time is over. Only this process's monotonic clock counts: a holder's time began
 * before anybody could see its lease, so no clocks have to agree.
 */
export function leaseWatch(): (mark: LeaseMark | undefined) => boolean {
  let watched: { id: string; since: number } | undefined;
  return (mark) => {
    if (!mark?.held) watched = undefined;
    else if (watched?.id !== mark.id) watched = { id: mark.id, since: performance.now() };
    else return performance.now() - watched.since >= waiterMs(mark.ttlMs);
    return false;
  };
}
