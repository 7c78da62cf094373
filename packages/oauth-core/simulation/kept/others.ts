import type { Kept } from './kept.ts';

/** Of leases, limiters and sign-ins. */
export const KEPT_OTHERS: readonly Kept[] = [
  {
    simulation: 'limiter',
    rule: 'late',
    history: {
      seed: 6,
      config: { kind: 'costs', limits: [{ limit: 5, intervalMs: 1000 }], keys: 2 },
      items: [
        { type: 'call', at: 1427.9860658571124, key: 'key-1', cost: 2, answerMs: 0 },
        { type: 'call', at: 1427.9964067366209, key: 'key-1', cost: 2, answerMs: 1.0753037962087257 },
        {
          type: 'call',
          at: 1427.9860658571124,
          key: 'key-2',
          cost: 2,
          answerMs: 2.7913825654892537,
          maxWaitMs: 0,
        },
        { type: 'call', at: 1427.9860658571124, key: 'key-1', cost: 2, answerMs: 3.9965542307933966 },
        {
          type: 'call',
          at: 1427.9860658571124,
          key: 'key-1',
          cost: 1,
          answerMs: 674.9807434654844,
          maxWaitMs: 4.928635179721782,
        },
        { type: 'freeze', at: 998.8054865971208, ms: 669.7978144022408 },
      ],
    },
  },
  {
    simulation: 'leases',
    rule: 'two-inside',
    history: {
      seed: 179,
      config: { kind: 'drift', latency: 'fast', ttlMs: 30000, drift: [-0.03, 0.03] },
      items: [
        { type: 'work', id: 14, at: 5001, process: 0, key: 'counter', holdMs: 36000, ending: 'save' },
        { type: 'work', id: 16, at: 5018, process: 1, key: 'counter', holdMs: 1, ending: 'leave' },
      ],
    },
  },
  {
    simulation: 'throttle',
    rule: 'after-deadline',
    history: {
      seed: 7988,
      config: { kind: 'one', limits: [{ limit: 2, intervalMs: 100 }], keys: 1 },
      items: [
        { type: 'call', at: 85.77567841857672, key: 'key-1', cost: 1, answerMs: 0 },
        { type: 'call', at: 85.77567841857672, key: 'key-1', cost: 1, answerMs: 0.12410954014613942 },
        {
          type: 'call',
          at: 117.90630705654621,
          key: 'key-1',
          cost: 1,
          answerMs: 0,
          maxWaitMs: 148.55385553374407,
        },
        { type: 'freeze', at: 148.5515758395195, ms: 122.76434758052666 },
      ],
    },
  },
  {
    simulation: 'sign-ins',
    rule: 'taken-after-discard',
    history: {
      seed: 5001818,
      config: { kind: 'stops', latency: 'slow', isEncrypted: false, processes: 4 },
      items: [
        { type: 'callback', id: 6, at: 22712.68689884369, process: 13, browser: 'own', state: 'own' },
        { type: 'begin', id: 3, at: 24278.60172931105, process: 5 },
        { type: 'callback', id: 3, at: 39169.680605923124, process: 13, browser: 'own', state: 'own' },
        { type: 'discard', id: 3, at: 27044.41473939006, process: 1 },
        { type: 'begin', id: 1, at: 3366.082487627864, process: 9 },
        { type: 'freeze', at: 22707.811516336205, process: 5, ms: 14099.061714283744 },
      ],
    },
  },
];
