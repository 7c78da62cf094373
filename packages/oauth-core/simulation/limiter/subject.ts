import type { RateLimiter } from '../../src/index.ts';
import type { Library } from '../engine/code.ts';
import type { Limit, LimiterConfig } from './history.ts';
import type { LimiterRule } from './rules.ts';

/** A limiter under simulation, and what it promises. */
export interface Subject {
  readonly name: string;
  open(library: Library, limits: readonly Limit[]): RateLimiter;
  /** The rules that hold for it, whatever happens. */
  readonly rules: ReadonlySet<LimiterRule>;
  /** Whether a history of this kind keeps limits to the unit; else a window may hold one call more. */
  isExact(config: LimiterConfig): boolean;
  /** Whether a wall clock that jumps makes no difference. */
  readonly ignoresWallClock: boolean;
}
