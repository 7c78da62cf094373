import type { Kept } from './kept.ts';

/** Of the limiters of one process. */
export const KEPT_LIMITERS: readonly Kept[] = [
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
    simulation: 'limiter',
    rule: 'late',
    history: {
      seed: 900004761,
      config: {
        kind: 'several',
        limits: [
          { limit: 8, intervalMs: 60000 },
          { limit: 40, intervalMs: 180000 },
        ],
        keys: 2,
      },
      items: [
        { type: 'call', at: 24307.239591144025, key: 'key-1', cost: 2, answerMs: 1978.5219537154417 },
        {
          type: 'call',
          at: 24307.239591144025,
          key: 'key-1',
          cost: 7,
          answerMs: 8.743056376794225,
          abortAfterMs: 0.13408762189413978,
        },
        { type: 'call', at: 24307.239591144025, key: 'key-1', cost: 2, answerMs: 0.12272305594878215 },
        {
          type: 'call',
          at: 24307.239591144025,
          key: 'key-1',
          cost: 5,
          answerMs: 2.2048656799641573,
          maxWaitMs: 3132.1634908404008,
        },
        { type: 'call', at: 24308.14469167103, key: 'key-1', cost: 2, answerMs: 3.4248747311349312 },
      ],
    },
  },
  {
    simulation: 'throttle',
    rule: 'after-deadline',
    history: {
      seed: 13572,
      config: { kind: 'one', limits: [{ limit: 2, intervalMs: 1000 }], keys: 3 },
      items: [
        { type: 'call', at: 6088.780560530722, key: 'key-1', cost: 1, answerMs: 0 },
        { type: 'call', at: 6088.780560530722, key: 'key-1', cost: 1, answerMs: 1348.7333152306517 },
        { type: 'call', at: 6126.342954562084, key: 'key-1', cost: 1, answerMs: 3.129539465471805 },
        { type: 'call', at: 3481.9432045333087, key: 'key-3', cost: 1, answerMs: 0.39342630964956093 },
        {
          type: 'call',
          at: 3481.9432045333087,
          key: 'key-3',
          cost: 1,
          answerMs: 0.37351721670783655,
          maxWaitMs: 0,
        },
        {
          type: 'call',
          at: 7145.497597842591,
          key: 'key-1',
          cost: 1,
          answerMs: 1.1381914138750742,
          maxWaitMs: 0,
        },
      ],
    },
  },
  {
    simulation: 'throttle',
    rule: 'after-deadline',
    history: {
      seed: 10495,
      config: {
        kind: 'hostile',
        limits: [
          { limit: 2, intervalMs: 1000 },
          { limit: 7, intervalMs: 3000 },
        ],
        keys: 2,
      },
      items: [
        {
          type: 'call',
          at: 11462.136179208755,
          key: 'key-2',
          cost: 1,
          answerMs: 1.8800743431142795,
          maxWaitMs: 0,
          inside: 'pause',
        },
        {
          type: 'call',
          at: 6455.841223709285,
          key: 'key-1',
          cost: 2,
          answerMs: 0,
          maxWaitMs: 0,
          inside: 'reject',
        },
        {
          type: 'call',
          at: 8194.336045184084,
          key: 'key-2',
          cost: 1,
          answerMs: 277.29481352941866,
          maxWaitMs: 0,
          inside: 'reject',
        },
        {
          type: 'call',
          at: 9978.598537270329,
          key: 'key-2',
          cost: 2,
          answerMs: 0.14908496955532288,
          inside: 'run',
        },
      ],
    },
  },
  {
    simulation: 'throttle',
    rule: 'after-deadline',
    history: {
      seed: 7004056,
      config: { kind: 'one', limits: [{ limit: 4, intervalMs: 1000 }], keys: 2 },
      items: [
        {
          type: 'call',
          at: 1131.8350732326508,
          key: 'key-2',
          cost: 1,
          answerMs: 7.67256030416353,
          maxWaitMs: 0,
        },
        { type: 'call', at: 80.23738162592053, key: 'key-2', cost: 1, answerMs: 4.314464860167707 },
        {
          type: 'call',
          at: 80.28080485517538,
          key: 'key-2',
          cost: 1,
          answerMs: 1.5087567250614125,
          abortAfterMs: 0.15997422289228314,
        },
        { type: 'call', at: 80.28918207743172, key: 'key-2', cost: 1, answerMs: 5.030382367026327 },
        { type: 'call', at: 80.23738162592053, key: 'key-2', cost: 1, answerMs: 0.10616649588413994 },
        { type: 'call', at: 81.13568704247994, key: 'key-2', cost: 1, answerMs: 0 },
      ],
    },
  },
];
