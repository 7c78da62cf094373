/** Milliseconds of a minute, and of a day without a change of the clocks. */
export const MINUTE_MS: number = 60_000;
export const DAY_MS: number = 86_400_000;
