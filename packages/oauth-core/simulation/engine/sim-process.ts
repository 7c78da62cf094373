import { processGlobals, type ProcessGlobals } from './process-globals.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

const EPOCH_MS = 1_800_000_000_000;

export interface ClockErrors {
  /** How far the wall clock is ahead, in milliseconds. */
  skewMs?: number | undefined;
  /** The share by which the monotonic clock runs too fast. */
  drift?: number | undefined;
}

/** A simulated process: its own clocks, timers, randomness and copy of the code. It can be frozen or killed. */
export class SimProcess {
  readonly world: World;
  readonly name: string;
  readonly random: Random;
  readonly drift: number;
  skewMs: number;
  diedAt: number | undefined;
  #frozenUntil = 0;
  readonly #freezes: (readonly [from: number, to: number])[] = [];
  readonly #bornAt: number;

  constructor(world: World, name: string, { skewMs = 0, drift = 0 }: ClockErrors = {}) {
    this.world = world;
    this.name = name;
    this.skewMs = skewMs;
    this.drift = drift;
    this.random = new Random(world.seed, `process/${name}`);
    this.#bornAt = world.now;
  }

  get isDead(): boolean {
    return this.diedAt !== undefined;
  }

  wallClock(): number {
    return Math.floor(EPOCH_MS + this.world.now + this.skewMs);
  }

  monotonicClock(): number {
    return 1000 + (this.world.now - this.#bornAt) * (1 + this.drift);
  }

  /** Runs in this process after so long: never if it is dead by then, later if it is frozen. Returns what cancels it. */
  deliver(delayMs: number, run: () => void): () => void {
    let isCanceled = false;
    const ring = (): void => {
      if (this.isDead || isCanceled) return;
      if (this.world.now < this.#frozenUntil) this.world.at(this.#frozenUntil + this.random.next() * 2, ring);
      else run();
    };
    this.world.after(delayMs, ring);
    return () => (isCanceled = true);
  }

  freeze(ms: number): void {
    if (this.isDead) return;
    this.#frozenUntil = Math.max(this.#frozenUntil, this.world.now + ms);
    this.#freezes.push([this.world.now, this.#frozenUntil]);
    this.world.log(this.name, `FROZEN for ${ms.toFixed()} ms`);
  }

  crash(): void {
    if (this.isDead) return;
    this.diedAt = this.world.now;
    this.world.log(this.name, 'CRASHED');
  }

  frozenMs(from: number, to: number): number {
    const overlaps = this.#freezes.map(([begin, end]) =>
      Math.max(0, Math.min(end, to) - Math.max(begin, from)),
    );
    return overlaps.reduce((sum, ms) => sum + ms, 0);
  }

  globals(): ProcessGlobals {
    return processGlobals(this);
  }
}
