/**
 * Preloaded with `--import`: `Date` goes on from the instant that the environment's TEST_NOW names. Processes that this
 * one starts, and their workers, share its clock.
 */
const RealDate = Date;

function shiftMs(): number {
  const { TEST_NOW = '', TEST_NOW_SHIFT_MS } = process.env;
  if (TEST_NOW_SHIFT_MS !== undefined) return Number(TEST_NOW_SHIFT_MS);
  const ms = RealDate.parse(TEST_NOW) - RealDate.now();
  if (Number.isNaN(ms)) {
    throw new RangeError(`TEST_NOW is "${TEST_NOW}"; set it to an instant such as 2026-11-29T23:55:00Z.`);
  }
  process.env['TEST_NOW_SHIFT_MS'] = String(ms);
  return ms;
}

if (process.env['TEST_NOW'] !== undefined) {
  const shift = shiftMs();
  const now = (): number => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
