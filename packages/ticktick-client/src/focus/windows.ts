const DAY_MS = 86_400_000;
const LONGEST_DAYS = 30;
/** Focus that lasts across the seam of two windows lies whole in one of them, whatever TickTick goes by. */
const OVERLAP_DAYS = 1;

/** A range in epoch milliseconds, split as TickTick needs it: it forgets all but the last 30 days of a longer one. */
export function* windows(from: number, to: number): Generator<{ from: number; to: number }> {
  for (let start = from; ; start += (LONGEST_DAYS - OVERLAP_DAYS) * DAY_MS) {
    const end = Math.min(start + LONGEST_DAYS * DAY_MS, to);
    yield { from: start, to: end };
    if (end === to) return;
  }
}
