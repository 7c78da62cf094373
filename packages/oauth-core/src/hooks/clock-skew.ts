import { type ClockSkewEvent, type Hooks, notify } from './hooks.ts';

/** How far two clocks may differ, in milliseconds, before what one of them says is not believed. */
export const CLOCK_TOLERANCE_MS: number = 60_000;

const REPORT_EVERY_MS = 10 * 60_000;

/** When each host was last told, on the monotonic clock. */
const toldAt = new WeakMap<Hooks, number>();

/** Tells the host that clocks differ, once in ten minutes. */
export function reportClockSkew(hooks: Hooks | undefined, event: ClockSkewEvent): void {
  if (hooks?.onClockSkew === undefined) return;
  const now = performance.now();
  if (now - (toldAt.get(hooks) ?? Number.NEGATIVE_INFINITY) < REPORT_EVERY_MS) return;
  toldAt.set(hooks, now);
  notify(hooks, 'onClockSkew', event);
}
