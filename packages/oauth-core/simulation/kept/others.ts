import type { Kept } from './kept.ts';

/** Of leases and sign-ins. */
export const KEPT_OTHERS: readonly Kept[] = [
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
  {
    simulation: 'sign-ins',
    rule: 'changed',
    history: {
      seed: 10054,
      config: { kind: 'all', latency: 'wild', isEncrypted: true, processes: 2 },
      items: [
        { type: 'begin', id: 4, at: 26311.492142267525, process: 7 },
        { type: 'callback', id: 4, at: 624616.8350198739, process: 13, browser: 'own', state: 'own' },
        { type: 'freeze', at: 624583.1233219086, process: 11, ms: 3149.6388996325054 },
      ],
    },
  },
  {
    simulation: 'sign-ins',
    rule: 'changed',
    history: {
      seed: 7004833,
      config: { kind: 'stops', latency: 'slow', isEncrypted: true, processes: 2 },
      items: [
        { type: 'begin', id: 4, at: 14226.26101411879, process: 6 },
        { type: 'callback', id: 4, at: 614170.012818167, process: 6, browser: 'own', state: 'own' },
        { type: 'callback', id: 4, at: 614156.861108105, process: 0, browser: 'own', state: 'own' },
        { type: 'callback', id: 3, at: 66089.46455604385, process: 8, browser: 'own', state: 'own' },
        { type: 'crash', at: 66070.05560613559, process: 6 },
      ],
    },
  },
];
