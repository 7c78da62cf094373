import type { Kept } from './kept.ts';
import { KEPT_LIMITERS } from './limiters.ts';
import { KEPT_OTHERS } from './others.ts';
import { KEPT_TOKENS } from './tokens.ts';

/** Of all simulations. */
export const KEPT: readonly Kept[] = [...KEPT_TOKENS, ...KEPT_LIMITERS, ...KEPT_OTHERS];
