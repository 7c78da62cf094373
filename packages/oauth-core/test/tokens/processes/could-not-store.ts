import type { SeenRequest } from './token-gate.ts';
import type { Hindrance } from './work-order.ts';

/** What is known of the process that was given new tokens. */
export interface Consumer {
  readonly killedAt: number | undefined;
  /** When it was stopped and went on. */
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
  readonly hindrances: readonly Hindrance[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a holder takes for the end of its lease: a tenth before others do. */
const HOLDER_SHARE = 0.9;
/** Between the end of a response at the server and its arrival. */
const ON_THE_WAY_MS = 50;

/**
 * Whether a process can't have stored the response to this request, which had consumed a refresh token: it was killed, the
 * server was too late for it, or it was kept from its work for a whole lease.
 */
export function couldNotStore(consumer: Consumer, request: SeenRequest, leaseMs: number): boolean {
  const { killedAt, pauses, hindrances } = consumer;
  if (killedAt !== undefined && killedAt < request.at + leaseMs) return true;
  const kept = merged([...pauses, ...hindrances.filter(({ what }) => what !== 'a response was lost')]);
  if (hindrances.some((hindrance) => isLostResponse(hindrance, request, kept))) return true;
  // The lease began before the request was answered; where is not known here.
  const beginnings = kept.flatMap(({ from, to }) => [from, to - leaseMs, request.at - leaseMs, request.at]);
  return beginnings
    .filter((from) => from <= request.at && from + leaseMs >= request.at)
    .some((from) => overlapMs(kept, { from, to: from + leaseMs }) >= leaseMs * HOLDER_SHARE);
}

/** A request that its sender has given up may arrive later at a busy server, and who is kept from its work reads no response. */
function isLostResponse(
  { what, to, requestId }: Hindrance,
  { answeredAt, requestId: id }: SeenRequest,
  kept: readonly Span[],
): boolean {
  if (what !== 'a response was lost' || requestId !== id) return false;
  if (answeredAt === undefined) return true;
  return to - answeredAt - overlapMs(kept, { from: answeredAt, to }) < ON_THE_WAY_MS;
}

/** The same times without overlaps, in order. */
function merged(spans: readonly Span[]): Span[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last === undefined || from > last.to) all.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return all;
}

function overlapMs(spans: readonly Span[], { from, to }: Span): number {
  return spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
}
