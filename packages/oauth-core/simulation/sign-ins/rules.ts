/** What must hold in every history, by the name under which a breach is reported. */
export const SIGN_IN_RULES = {
  'taken-twice':
    'Of any number of callbacks of one sign-in, in whatever processes, one gets its transaction.',
  'taken-by-another-browser': 'A callback from another browser than the one that began gets nothing.',
  'taken-too-late': 'After ten minutes nobody gets a transaction.',
  'taken-after-discard': 'Nor once it was given up.',
  changed:
    'A transaction comes back as it was saved; only its end is given anew if it is none by the clock of the process.',
  'taken-expired': 'Nor has it expired by that clock.',
  'refused-in-vain': 'While nothing fails, the first callback within ten minutes gets its transaction.',
  'never-settled': 'Every call settles.',
  'strange-error': 'Only documented errors are thrown.',
} as const;

export type SignInRule = keyof typeof SIGN_IN_RULES;
