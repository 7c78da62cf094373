/** Where the sandbox reads the time: milliseconds since the epoch. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The sandbox's own clock: its base clock, plus everything it was advanced by. */
export interface SandboxClock extends Clock {
  /** Lets time pass at once: tokens expire, rate limit windows move on. */
  advance(ms: number): void;
}

/** A clock on top of another (by default the system's) that can be moved forward. */
export function createClock(base: Clock = { now: () => Date.now() }): SandboxClock {
  let advancedBy = 0;
  return {
    now: () => base.now() + advancedBy,
    advance: (ms) => {
      advancedBy += ms;
    },
  };
}
