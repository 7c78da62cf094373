import type { TokenConfig, TokenHistory, TokenItem } from './tokens/history.ts';

const CONFIG: TokenConfig = {
  kind: 'all',
  lifetimeMs: 60_000,
  timeoutMs: 10_000,
  leaseTtlMs: 15_000,
  ambiguousRefresh: 'retry',
  rotation: 'always',
  reuse: 'refuse',
  revokeSpent: false,
  latency: 'slow',
  isEncrypted: false,
  skewMs: [0, 0],
  drift: [0, 0],
};

/** Two processes ask when the token has ended; the first one refreshes. */
const BOTH_ASK: readonly TokenItem[] = [
  { type: 'get', at: 61_000, process: 0, isNewObject: false },
  { type: 'get', at: 61_100, process: 1, isNewObject: false },
];

/** The provider takes so long that the other process notes on the lease: the holder has to write twice. */
const SLOW_ANSWER: TokenItem = { type: 'serverFault', mode: 'slow', from: 60_000, to: 64_000, chance: 1 };
/** Between these two writes, in the history of seed 2. */
const BEFORE_SECOND_WRITE_MS = 2535;

function history(seed: number, items: readonly TokenItem[], config: Partial<TokenConfig> = {}): TokenHistory {
  return { seed, config: { ...CONFIG, ...config }, items: [...BOTH_ASK, ...items] };
}

function onRefresh(what: 'freeze' | 'crash' | 'away', afterMs: number, ms: number): TokenItem {
  return { type: 'trigger', on: 'redeem', nth: 1, afterMs, what, ms };
}

/** What no client can prevent, by the name of its excuse, each with a history in which it happens. */
export const EXCUSED: Readonly<Record<string, TokenHistory>> = {
  'answer lost': history(1, [{ type: 'serverFault', mode: 'lost', from: 60_000, to: 62_000, chance: 1 }]),
  'process killed': history(2, [SLOW_ANSWER, onRefresh('crash', BEFORE_SECOND_WRITE_MS, 0)]),
  'process stopped': history(2, [SLOW_ANSWER, onRefresh('freeze', BEFORE_SECOND_WRITE_MS, 20_000)]),
  'request late': history(2, [{ type: 'serverFault', mode: 'late', from: 60_000, to: 62_000, chance: 1 }], {
    timeoutMs: 1000,
  }),
  'store away for a lease': history(1, [
    onRefresh('away', 0, 20_000),
    // When it is back, this one is faster than the one that still has to store its tokens.
    ...[81_400, 81_600, 81_800].map((at): TokenItem => ({ type: 'get', at, process: 1, isNewObject: false })),
  ]),
  'store slow for half a lease': history(208, [], { latency: 'wild', timeoutMs: 1000, leaseTtlMs: 6000 }),
};
