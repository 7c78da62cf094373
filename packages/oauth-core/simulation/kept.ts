import type { History } from './engine/simulation.ts';

/** A history that once broke a rule, shrunk to what it takes by `npm run simulate -- <name> --seed <seed> <rule>`. */
export interface Kept {
  readonly simulation: string;
  readonly rule: string;
  readonly history: History;
}

export const KEPT: readonly Kept[] = [
  {
    simulation: 'tokens',
    rule: 'outage-lost-tokens',
    history: {
      seed: 314,
      config: {
        kind: 'store',
        lifetimeMs: 20000,
        timeoutMs: 3000,
        leaseTtlMs: 30000,
        ambiguousRefresh: 'retry',
        rotation: 'always',
        reuse: 'kill',
        revokeSpent: false,
        latency: 'fast',
        isEncrypted: false,
        skewMs: [0, 0, 0],
        drift: [-0.0026534838564693927, 0.0016556363627314571, -0.00014338371716439728],
      },
      items: [
        { type: 'get', at: 116591.30282811045, process: 1, isNewObject: true },
        { type: 'get', at: 231540.69362905738, process: 0, isNewObject: false },
        { type: 'get', at: 36860.25389997406, process: 0, isNewObject: true },
        { type: 'get', at: 64095.29521865485, process: 1, isNewObject: true },
        { type: 'abort', at: 141094.54896781826, process: 2, afterMs: 9.67636525654601 },
        { type: 'save', at: 3152.9114926350303, process: 2, withRefreshToken: true },
        { type: 'get', at: 156769.61100568823, process: 0, isNewObject: true },
        { type: 'trigger', on: 'redeem', nth: 6, afterMs: 0, what: 'away', ms: 12000 },
      ],
    },
  },
  {
    simulation: 'tokens',
    rule: 'save-lost',
    history: {
      seed: 1268,
      config: {
        kind: 'store',
        lifetimeMs: 120000,
        timeoutMs: 1000,
        leaseTtlMs: 9000,
        ambiguousRefresh: 'retry',
        rotation: 'sometimes',
        reuse: 'kill',
        revokeSpent: true,
        latency: 'slow',
        isEncrypted: false,
        skewMs: [0],
        drift: [-0.0035658948104828597],
      },
      items: [
        { type: 'get', at: 48714.15209256571, process: 0, isNewObject: false },
        { type: 'get', at: 48714.04483601552, process: 0, isNewObject: false },
        { type: 'get', at: 48713.85079310649, process: 0, isNewObject: false },
        { type: 'get', at: 48714.32870100684, process: 0, isNewObject: false },
        { type: 'rejected', at: 90823.411528053, process: 0 },
        { type: 'get', at: 90823.40328381042, process: 0, isNewObject: false },
        { type: 'rejected', at: 90823.71344583781, process: 0 },
        { type: 'get', at: 90823.42017542165, process: 0, isNewObject: false },
        { type: 'get', at: 90823.3975383889, process: 0, isNewObject: true },
        { type: 'abort', at: 137698.70316730812, process: 0, afterMs: 1.4866973783792083 },
        { type: 'save', at: 137710.7968261403, process: 0, withRefreshToken: true },
        { type: 'get', at: 163160.34063065264, process: 0, isNewObject: false },
      ],
    },
  },
  {
    simulation: 'tokens',
    rule: 'older-overwrites-newer',
    history: {
      seed: 743,
      config: {
        kind: 'all',
        lifetimeMs: 60000,
        timeoutMs: 1000,
        leaseTtlMs: 9000,
        ambiguousRefresh: 'retry',
        rotation: 'never',
        reuse: 'kill',
        revokeSpent: false,
        latency: 'wild',
        isEncrypted: false,
        skewMs: [0, 0, 3600000],
        drift: [0.0034115037769079206, 0.0034072580561041836, 0.0021899633314460517],
      },
      items: [
        { type: 'get', at: 73839.40072952863, process: 1, isNewObject: false },
        { type: 'get', at: 240000, process: 2, isNewObject: false },
        { type: 'get', at: 240000, process: 2, isNewObject: true },
        { type: 'get', at: 240000, process: 2, isNewObject: true },
        { type: 'get', at: 240000, process: 2, isNewObject: false },
        { type: 'get', at: 240000, process: 2, isNewObject: true },
        { type: 'rejected', at: 240000, process: 0 },
        { type: 'get', at: 45696.38589029133, process: 0, isNewObject: false },
        { type: 'get', at: 45614.58667062762, process: 2, isNewObject: false },
        { type: 'trigger', on: 'redeem', nth: 3, afterMs: 0, what: 'freeze', ms: 27000 },
      ],
    },
  },
  {
    simulation: 'tokens',
    rule: 'defer-resent',
    history: {
      seed: 1867,
      config: {
        kind: 'server',
        lifetimeMs: 20000,
        timeoutMs: 1000,
        leaseTtlMs: 9000,
        ambiguousRefresh: 'defer',
        rotation: 'always',
        reuse: 'kill',
        revokeSpent: true,
        latency: 'slow',
        isEncrypted: false,
        skewMs: [0, 0, 0],
        drift: [-0.0022612399850040674, -0.002709598084911704, -0.0015930766593664886],
      },
      items: [
        { type: 'get', at: 134036.5358662569, process: 2, isNewObject: false },
        { type: 'serverFault', mode: 'lost', from: 125311.23691053363, to: 152858.67518048864, chance: 0.5 },
      ],
    },
  },
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
];
