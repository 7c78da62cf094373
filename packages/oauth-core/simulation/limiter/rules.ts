/** What must hold in every history, by the name under which a breach is reported. */
export const LIMITER_RULES = {
  'over-limit': 'In any window of an interval no more units are dispatched than the limit.',
  'over-limit-by-a-call': 'Where a limiter counts call by call, a window holds at most one call more.',
  'over-limit-by-arrival': 'Nor do more arrive, wherever between dispatch and answer each does.',
  'not-in-order': 'Calls of a key that wait as long as it takes are dispatched in their order.',
  'in-pause': 'Nothing is dispatched during a pause.',
  late: 'A call is dispatched as soon as its permits are free, to a few milliseconds.',
  'after-deadline': 'Nothing is dispatched after its maxWaitMs, to a millisecond.',
  'rejected-in-vain': 'A call is not rejected that could have gone in time.',
  'dispatched-wrongly': 'A call that was aborted or rejected is not dispatched.',
  'never-settled': 'Every call settles.',
  'strange-error': 'Only documented errors are thrown.',
} as const;

export type LimiterRule = keyof typeof LIMITER_RULES;
