import { mappedTypes } from '../../redis/mapped-types.ts';

/** `units` of the grant `member` had arrived at the service by `arrivedAt` (Redis' time); 0: they were not used. */
export type PermitRelease = readonly [member: string, units: number, arrivedAt: number];

/** What one process requests of one key's log. Times are whole milliseconds. */
export interface PermitRequest {
  /** The limiter that requests. */
  by: string;
  limits: readonly (readonly [limit: number, spanMs: number])[];
  /** The calls that want to go, in their order, as runs of equal cost. */
  costs: readonly (readonly [calls: number, cost: number])[];
  /** Whether any of them waits if it can't go now; without calls, whether calls wait that asked before. */
  waits: boolean;
  /** How long after a grant the last of its requests has arrived, unless it is released sooner. */
  lateMs: number;
  /** 0 for none. */
  pauseMs: number;
  /** The log as the asker last saw it, while that matters; else 0. */
  epoch: number;
  /** The number of the last grant that the asker knows of. */
  number: number;
  settled: readonly PermitRelease[];
  /** Requests that went without Redis, how long ago they had arrived at the latest, and their names in this process. */
  spent: readonly (readonly [units: number, agoMs: number, id: string])[];
}

/** The argument of the script: JSON without names, which Redis would have to parse with every request. */
export function writeRequests(requests: readonly PermitRequest[]): string {
  return JSON.stringify(
    requests.map(({ by, lateMs, pauseMs, epoch, number, waits, limits, costs, settled, spent }) => {
      return [by, lateMs, pauseMs, epoch, number, waits, limits, costs, settled, spent];
    }),
  );
}

/** What Redis says to a {@link PermitRequest}. */
export interface PermitResponse {
  /** Redis' time, rounded down to milliseconds. */
  now: number;
  epoch: number;
  number: number;
  /** So many of the calls may go, and the units of them. */
  calls: number;
  units: number;
  /** When the next call may go at the latest, unless another process is faster; 0 if all may go. */
  waitMs: number;
  /** Whether calls wait, or more than half of a limit is used, so that calls may wait for what is released. */
  isTight: boolean;
}

/** The answer of the script; throws what it says went wrong, or {@link StoreError} `corrupt` for other types. */
export function readResponse(raw: unknown): PermitResponse {
  if (!Array.isArray(raw)) throw new Error(String(raw));
  if (!raw.every(Number.isFinite)) throw mappedTypes();
  const [now = 0, epoch = 0, number = 0, calls = 0, units = 0, waitMs = 0, tight = 0] = raw as number[];
  return { now, epoch, number, calls, units, waitMs, isTight: tight === 1 };
}
