/** The longest time that `setTimeout` takes, in milliseconds; a longer one would ring at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;
